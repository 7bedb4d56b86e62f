using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Strangler.Core.Compare;
using Xunit;

namespace Strangler.UnitTests.Compare;

/// <summary>Of a second document only what it does not share is read; nobody may be able to tell.</summary>
public sealed class JsonIndexerTests
{
    private static readonly CompareLimits Limits = new() { MaxTokens = 400, MaxDepth = 6 };

    [Fact]
    public void Read_TwoDocuments_IsWhatReadingEachAloneGives() => ForAllSeeds(seed =>
    {
        var random = new Random(seed);
        var left = Document(random);
        var right = random.Next(5) == 0 ? Document(random) : Spliced(left, random);

        var results = JsonIndexer.Read(left, right, Limits, out var leftIndex, out var rightIndex);

        using (leftIndex)
        using (rightIndex)
        {
            ShouldBeAsAlone(left, results.Left, leftIndex);
            ShouldBeAsAlone(right, results.Right, rightIndex);
        }
    });

    [Theory]
    [InlineData(-1, false, 0)]
    [InlineData(5, false, 1)]
    [InlineData(-1, true, 1)]
    [InlineData(5, true, 2)]
    public void Read_AFewBytesDiffer_ReadsTheRestOnce(int changed, bool inserted, int differences)
    {
        var items = Enumerable.Range(0, 200).Select(i => $$"""{"id":{{i}},"name":"Garden chair of oak","price":{{i}}.90}""").ToList();
        var legacy = $"[{string.Join(',', items)}]";
        if (changed >= 0) items[changed] = items[changed].Replace("oak", "ash", StringComparison.Ordinal);
        if (inserted) items.Insert(0, """{"id":-1}""");
        var @new = $"[{string.Join(',', items)}]";

        var marks = new JsonLandmarks(Encoding.UTF8.GetBytes(legacy), Encoding.UTF8.GetBytes(@new));

        marks.Suffix.ShouldBeGreaterThan(legacy.Length * 9 / 10);
        Comparing.Bodies(legacy, @new).Differences.Count.ShouldBe(differences);
    }

    private static void ShouldBeAsAlone(byte[] body, JsonReadResult result, JsonIndex? index)
    {
        var expected = JsonIndexer.Read(body, Limits, out var alone);
        using (alone)
        {
            result.ShouldBe(expected);
            Rows(index).ShouldBe(Rows(alone));
        }
    }

    private static string[] Rows(JsonIndex? index) => index is null ? [] : [.. Enumerable.Range(0, index.Count).Select(row => Text(index.Row(row)))];

    private static string Text(JsonRow row) => $"{row.Kind} {row.Start}-{row.End} {row.NameStart}-{row.NameEnd} {row.Count} {row.Next}";

    private static byte[] Document(Random random)
    {
        var json = new RandomJson(random.Next());
        var items = Enumerable.Range(0, random.Next(40)).Select(_ => json.Respelled(json.Document(3))).ToList();
        var list = $"[{string.Join(',', items)}]";
        return Encoding.UTF8.GetBytes(random.Next(3) switch
        {
            0 => list,
            1 => $$"""{"items":{{list}},"total":{{items.Count}}}""",
            _ => $$"""{"a":{"b":{{list}}},"c":[{{list}}] }""",
        });
    }

    // A few bytes are cut out or put in, from somewhere in the document, so that it often stays JSON and often does not.
    private static byte[] Spliced(byte[] body, Random random)
    {
        var spliced = body.ToList();
        for (var edits = random.Next(1, 3); edits > 0; edits--)
        {
            var at = random.Next(spliced.Count);
            switch (random.Next(4))
            {
                case 0:
                    spliced.RemoveRange(at, Math.Min(random.Next(1, 20), spliced.Count - at));
                    break;
                case 1:
                    spliced.InsertRange(at, body[..random.Next(Math.Min(20, body.Length))]);
                    break;
                case 2:
                    spliced.InsertRange(spliced.IndexOf((byte)'[') + 1, "{\"x\":[1,{}]},"u8);
                    break;
                default:
                    spliced[at] = "0]}[{,\" "u8.ToArray()[random.Next(8)];
                    break;
            }

            if (spliced.Count == 0) return "0"u8.ToArray();
        }

        return [.. spliced];
    }

    private static void ForAllSeeds(Action<int> check) => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), check).Check(Seeded.Config);
}
