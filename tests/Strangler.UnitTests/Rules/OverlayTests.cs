using Shouldly;
using Strangler.Core.Rules;
using Xunit;

namespace Strangler.UnitTests.Rules;

public sealed class OverlayTests
{
    private const string Base = """
        apiVersion: strangler/v1
        legacy: { destinations: ["http://127.0.0.1:5100"], capacity: 400 }
        unit: { session: { cookie: Production }, visitor: mint }
        capabilities:
          catalog:
            team: storefront
            new: { destinations: ["http://127.0.0.1:5201"], timeout: 5s }
            operations:
              - { match: "GET /api/products", semantics: safe }
            shadow: { sample: 5% }
            compare:
              - { path: "$.a", unordered: true }
              - { path: "$.b", unordered: true }
          search:
            new: { destinations: ["http://127.0.0.1:5202"] }
            operations:
              - { match: "GET /api/search", semantics: safe }
        """;

    private const string Staging = """
        apiVersion: strangler/v1
        environment: staging
        legacy: { destinations: ["http://10.0.0.1:5100"] }
        unit: { session: { cookie: Staging } }
        adapters: { status: "http://10.0.0.1:5300" }
        capabilities:
          catalog:
            new: { timeout: 30s }
            shadow: { sample: 100% }
            compare: [ { path: "$.c", unordered: true } ]
            gate: { max-p95-ratio: 3 }
        """;

    [Fact]
    public void Parse_ChosenEnvironment_ChangesWhatItNamesAndNothingElse()
    {
        var rules = Parse("staging").Rules!;

        rules.Legacy.Destinations.ShouldHaveSingleItem().Host.ShouldBe("10.0.0.1");
        rules.Legacy.Capacity.ShouldBe(400);
        (rules.Unit.SessionCookie, rules.Unit.MintsVisitor).ShouldBe(("Staging", true));
        rules.Adapters!.Status.Host.ShouldBe("10.0.0.1");
        rules.Capabilities.Select(c => c.Name).ShouldBe(["catalog", "search"]);
        var catalog = rules.Capabilities[0];
        catalog.Team.ShouldBe("storefront");
        (catalog.New.Timeout, catalog.New.Destinations[0].Host).ShouldBe((TimeSpan.FromSeconds(30), "127.0.0.1"));
        catalog.Shadow.Sample.ShouldBe(1);
        catalog.Compare.ShouldHaveSingleItem().Path.ToString().ShouldBe("$.c");
        catalog.Gate!.MaxP95Ratio.ShouldBe(3);
    }

    [Fact]
    public void Parse_NoEnvironment_LeavesOverlaysOutAndNamesThem()
    {
        var result = Parse(null);

        result.Rules!.Legacy.Destinations.ShouldHaveSingleItem().Host.ShouldBe("127.0.0.1");
        result.Rules.Adapters.ShouldBeNull();
        result.Environments.ShouldBe(["staging"]);
    }

    [Fact]
    public void Parse_OverlayBeforeTheFileItChanges_IsTheSame()
    {
        var result = RulesParser.Parse([new("a.yaml", Staging), new("b.yaml", Base)], new RulesOptions { Environment = "staging" });

        result.Rules!.Capabilities[0].Shadow.Sample.ShouldBe(1);
    }

    [Fact]
    public void Parse_SecondParse_IsNotTouchedByTheFirst()
    {
        Parse("staging");

        Parse(null).Rules!.Capabilities[0].Shadow.Sample.ShouldBe(0.05);
    }

    private static RulesResult Parse(string? environment) =>
        RulesParser.Parse([new("a.yaml", Base), new("b.yaml", Staging)], new RulesOptions { Environment = environment });
}
