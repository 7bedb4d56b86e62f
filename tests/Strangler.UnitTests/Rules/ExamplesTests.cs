using Shouldly;
using Strangler.Core.Rules;
using Strangler.UnitTests.Rules.Schema;
using Xunit;

namespace Strangler.UnitTests.Rules;

/// <summary>What is shipped for people to read and copy.</summary>
public sealed class ExamplesTests
{
    private const string Modeline = "# yaml-language-server: $schema=";

    private static string Root => Path.Combine(AppContext.BaseDirectory, "Rules");

    public static TheoryData<string> Examples => [.. Directory.GetDirectories(Path.Combine(Root, "examples")).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Shipped =>
        [.. Directory.GetFiles(Root, "*.yaml").Concat(Directory.GetFiles(Path.Combine(Root, "examples"), "*.yaml", SearchOption.AllDirectories)).Select(f => Path.GetRelativePath(Root, f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Parse_Example_IsValidInEveryEnvironment(string name)
    {
        List<RulesFile> files = [.. Directory.GetFiles(Path.Combine(Root, "examples", name)).Order(StringComparer.Ordinal).Select(f => new RulesFile(f, File.ReadAllText(f)))];

        var plain = RulesParser.Parse(files);

        plain.Errors.ShouldBeEmpty();
        plain.Rules!.Capabilities.ShouldNotBeEmpty();
        foreach (var environment in plain.Environments) RulesParser.Parse(files, new RulesOptions { Environment = environment }).Errors.ShouldBeEmpty();
    }

    [Fact]
    public void Parse_Examples_ShowTheWholeLanguage()
    {
        var all = Examples.Select(e => RulesParser.Parse([.. Directory.GetFiles(Path.Combine(Root, "examples", e.Data)).Select(f => new RulesFile(f, File.ReadAllText(f)))])).ToList();

        all.Count.ShouldBeGreaterThanOrEqualTo(3);
        all.SelectMany(r => r.Environments).ShouldNotBeEmpty();
        all.ShouldContain(r => r.Rules!.Unit.Account != null && r.Rules.Unit.Account.Header != null && r.Rules.Unit.Groups != null);
        all.ShouldContain(r => r.Rules!.Capabilities.Any(c => c.Key != null && c.Gate != null));
    }

    [Theory]
    [MemberData(nameof(Shipped))]
    public void File_Shipped_LeadsEditorsToASchemaThatAcceptsIt(string file)
    {
        var text = File.ReadAllText(Path.Combine(Root, file));

        text.ShouldStartWith(Modeline);
        var schema = text.Split('\n')[0][Modeline.Length..];
        File.Exists(Path.Combine(Root, Path.GetDirectoryName(file)!, schema)).ShouldBeTrue(schema);
        RulesSchema.Accepts(text).ShouldBe(true);
    }

    [Fact]
    public void Document_OfTheRules_NamesEveryKeyAndEveryCode()
    {
        var page = File.ReadAllText(Path.Combine(Root, "rules.md"));
        var words = page.Split('`').Where((_, i) => i % 2 == 1).SelectMany(w => w.Split('.', ' ', ',')).Select(w => w.Replace("[]", "", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);

        RulesSchema.Keys.Except(words, StringComparer.Ordinal).ShouldBeEmpty();
        typeof(RuleCodes).GetFields().Select(f => (string)f.GetRawConstantValue()!).Except(words, StringComparer.Ordinal).ShouldBeEmpty();
    }
}
