using Shouldly;
using Strangler.Core.Rules;
using Xunit;

namespace Strangler.UnitTests.Rules;

/// <summary>Each file in <c>golden/</c> is a rules file, or several, and below a separator what must be said about it.</summary>
public sealed class GoldenRulesTests
{
    private const string NextFile = "#### second file\n";
    private const string Expected = "#### expected\n";

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Rules", "golden");

    public static TheoryData<string> Cases => [.. Directory.GetFiles(Folder, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Parse_GoldenFile_SaysExactlyWhatIsWrong(string name)
    {
        var parts = File.ReadAllText(Path.Combine(Folder, name + ".yaml")).Split(Expected);
        var files = parts[0].Split(NextFile).Select((text, i) => new RulesFile($"{(char)('a' + i)}.yaml", text)).ToList();

        var result = RulesParser.Parse(files);

        string.Concat(result.Diagnostics.Select(d => d + "\n")).ShouldBe(parts[1]);
        (result.Rules is not null).ShouldBe(result.Diagnostics.Count == 0);
    }
}
