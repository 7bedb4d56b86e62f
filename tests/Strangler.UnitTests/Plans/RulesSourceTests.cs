using Shouldly;
using Strangler.Core.Rules;
using Strangler.Proxy.Plans;
using Xunit;

namespace Strangler.UnitTests.Plans;

public sealed class RulesSourceTests : IDisposable
{
    private const string Valid = "apiVersion: strangler/v1\nlegacy: { destinations: [\"http://127.0.0.1:5100\"] }\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Parse_Options_ChooseTheEnvironmentAndKnowTheEdge()
    {
        File.WriteAllText(_folder.File("a.yaml"), Valid);
        File.WriteAllText(_folder.File("b.yaml"), "apiVersion: strangler/v1\nenvironment: staging\nlegacy: { capacity: 7 }\n");
        var folder = _folder.Path;
        var source = new RulesSource(folder, new RulesOptions { Environment = "staging", EdgeAddresses = ["http://*:8080"] });

        source.Parse(source.Read()).Rules!.Legacy.Capacity.ShouldBe(7);
        source.Parse([new RulesFile("x", Valid.Replace("5100", "8080", StringComparison.Ordinal) + "environment: staging\n"), new RulesFile("y", Valid.Replace("5100", "8080", StringComparison.Ordinal))])
            .Errors.ShouldContain(e => e.Code == "loop");
    }

    [Fact]
    public void Read_FileLargerThanAnyRules_IsReadNoFurtherThanToSayIt()
    {
        File.WriteAllText(_folder.File("a.yaml"), new string('#', 3 * RulesLimits.FileLength));
        var source = new RulesSource(_folder.File("a.yaml"));

        var files = source.Read();

        files.ShouldHaveSingleItem().Text.Length.ShouldBe(RulesLimits.FileLength + 1);
        source.Parse(files).Diagnostics.ShouldHaveSingleItem().Code.ShouldBe("too-large");
    }

    [Fact]
    public void Read_NothingThere_IsAFinding() =>
        Should.Throw<InvalidRulesException>(() => new RulesSource(_folder.File("none.yaml")).Read()).Diagnostics.ShouldHaveSingleItem().Code.ShouldBe(RuleCodes.Unreadable);
}
