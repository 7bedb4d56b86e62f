using System.Diagnostics.CodeAnalysis;
using Shouldly;
using Strangler.Core.Rules;
using Strangler.UnitTests.Rules.Schema;
using Xunit;

namespace Strangler.UnitTests.Rules;

/// <summary>Broken rules never break the edge that reads them, and what the parser takes an editor takes too.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Seeded on purpose.")]
public sealed class MutationTests
{
    private const int Seed = 14;
    private const string Letters = "{}[]:,-&*!|>'\"%@`#?\\ \t\n~a0é\0\u0085\ud800";

    private static readonly string[] Words =
    [
        "{**rest}", "&a ", "*a", "<<: ", "!!binary ", "? ", "|\n", "---\n", "environment: staging\n", "null", "0.0.0.0/0", "GET /{a}/{**b}", "%", "1e999", "dry-run", "per-unit",
    ];

    [Fact]
    public void Parse_TwoThousandMutations_AreAnsweredWithFindings() => Run(Seed, 2_000);

    [Fact(Explicit = true)]
    public void Parse_ThirtyThousandMutations_AreAnsweredWithFindings() => Run(Environment.TickCount, 30_000);

    private static void Run(int seed, int count)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var cases = GoldenRulesTests.Cases.Select(c => GoldenRulesTests.Read(c.Data)).Where(c => c.Files.All(f => f.Text.Length < 10_000)).ToList();
        var valid = cases.Where(c => c.Expected.Length == 0).ToList();
        var taken = 0;
        for (var i = 0; i < count; i++)
        {
            var origin = random.Next(2) == 0 ? cases[random.Next(cases.Count)] : valid[random.Next(valid.Count)];
            List<RulesFile> files = [.. origin.Files.Select(f => random.Next(3) == 0 && origin.Files.Count > 1 ? f : f with { Text = Mutate(f.Text, random) })];
            var options = random.Next(4) == 0 ? new RulesOptions { Environment = "staging" } : origin.Options;
            var all = $"seed {seed}, case {i}\n" + string.Join("\n#### next file\n", files.Select(f => f.Text));

            var result = Should.NotThrow(() => RulesParser.Parse(files, options), all);

            (result.Rules is null).ShouldBe(result.Errors.Any(), all);
            result.Diagnostics.ShouldAllBe(d => d.Line >= 1 && d.Column >= 1 && d.Message.Length <= RulesLimits.Text, all);
            if (result.Rules is null) continue;
            taken++;
            // Of overlays that do not count the parser looks only at the head, and of what a chosen one replaces not at all.
            if (options.Environment is not null) continue;
            foreach (var file in files.Where(f => !f.Text.Contains("environment", StringComparison.Ordinal))) RulesSchema.Accepts(file.Text).ShouldBe(true, all);
        }

        taken.ShouldBeGreaterThan(count / 100);
    }

    private static string Mutate(string text, Random random)
    {
        for (var edits = random.Next(1, 4); edits > 0 && text.Length > 0; edits--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 20), text.Length - at);
            text = random.Next(6) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, text.Substring(at, length)),
                2 => text.Insert(random.Next(text.Length), text.Substring(at, length)),
                3 => text[..at],
                4 => text.Insert(at, Words[random.Next(Words.Length)]),
                _ => text.Insert(at, Letters[random.Next(Letters.Length)].ToString()),
            };
        }

        return text;
    }
}
