using Shouldly;
using Strangler.Core.Rules;
using Strangler.UnitTests.Rules.Schema;
using Xunit;

namespace Strangler.UnitTests.Rules;

/// <summary>Each file in <c>golden/</c> is a rules file, or several, and what must be said about it: by the parser and by the schema.</summary>
public sealed class GoldenRulesTests
{
    private const string Seen = "sees it";
    private const string NotSeen = "does not see it";
    private const string Unreadable = "cannot read it";

    // What the form of a file alone shows; everything else needs to know what a value means, or the other files.
    private static readonly string[] Structural = [RuleCodes.WrongType, RuleCodes.MissingKey, RuleCodes.UnknownKey];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Rules", "golden");

    public static TheoryData<string> Cases => [.. Directory.GetFiles(Folder, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Parse_GoldenFile_SaysExactlyWhatIsWrong(string name)
    {
        var golden = Read(name);

        var result = golden.Parse();

        string.Concat(result.Diagnostics.Select(d => d + "\n")).ShouldBe(golden.Expected);
        (result.Rules is null).ShouldBe(result.Errors.Any());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Schema_GoldenFile_SeesWhatTheCaseSays(string name)
    {
        var golden = Read(name);
        var answers = golden.Files.Select(f => RulesSchema.Accepts(f.Text)).ToList();
        var errors = golden.Parse().Errors.ToList();
        var said = answers.Contains(null) ? Unreadable : answers.Contains(false) ? Seen : NotSeen;

        if (errors.Count == 0)
        {
            said.ShouldBe(NotSeen);
            golden.Schema.ShouldBeNull();
            return;
        }

        said.ShouldBe(golden.Schema);
        if (errors.Any(e => Structural.Contains(e.Code))) said.ShouldNotBe(NotSeen);
    }

    [Fact]
    public void Codes_AllOfTheParser_StandInAGoldenFile()
    {
        var codes = typeof(RuleCodes).GetFields().Select(f => (string)f.GetRawConstantValue()!).Except([RuleCodes.Unreadable], StringComparer.Ordinal);
        var said = Cases.SelectMany(c => Read(c.Data).Parse().Diagnostics).Select(d => d.Code);

        codes.Except(said, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void Warnings_StandInAGoldenFile() =>
        Cases.SelectMany(c => Read(c.Data).Parse().Warnings).ShouldNotBeEmpty();

    internal static GoldenCase Read(string name) => GoldenCase.Read(File.ReadAllText(Path.Combine(Folder, name + ".yaml")));
}
