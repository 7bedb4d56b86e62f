using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Rules;
using Xunit;

namespace Strangler.UnitTests.Rules;

public sealed class RulesParserTests
{
    private static string Shipped => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Rules", "strangler.yaml"));

    [Fact]
    public void Parse_ShippedRules_AreValid()
    {
        var result = Parse(Shipped);

        result.Diagnostics.ShouldBeEmpty();
        result.Rules!.Unit.SessionCookie.ShouldBe("LegacySession");
        result.Rules.Capabilities.SelectMany(capability => capability.Operations.Select(o => $"{capability.Name} {o.Id} -> {o.NewPattern}, {o.Semantics}"))
            .ShouldBe(
            [
                "catalog GET /api/products -> /v1/products, Safe",
                "catalog GET /api/products/{sku} -> /v1/products/{sku}, Safe",
                "catalog GET /api/search -> /v1/search, Safe",
                "inventory GET /api/stock/{sku} -> /v1/stock/{sku}, Safe",
                "customers GET /api/customers/{id} -> /v1/customers/{id}, Safe",
            ]);
    }

    [Fact]
    public void Parse_NothingOptional_HasTheDocumentedDefaults()
    {
        var rules = Parse(
            """
            apiVersion: strangler/v1
            legacy: { destinations: ["http://127.0.0.1:5100"] }
            capabilities:
              catalog:
                new: { destinations: ["http://127.0.0.1:5201"] }
                operations: [ { match: "GET /api/products", semantics: safe } ]
            """).Rules!;

        rules.Legacy.Capacity.ShouldBeNull();
        rules.Unit.SessionCookie.ShouldBeNull();
        rules.Adapters.ShouldBeNull();
        var catalog = rules.Capabilities.ShouldHaveSingleItem();
        catalog.Authority.ShouldBe(Authority.Global);
        catalog.New.Timeout.ShouldBe(TimeSpan.FromSeconds(10));
        catalog.Shadow.Sample.ShouldBe(0);
        (catalog.Fallback, catalog.Deadline, rules.DeadlineHeader).ShouldBe((FallbackRules.Default, null, null));
        catalog.Operations.ShouldHaveSingleItem().NewPattern.Text.ShouldBe("/api/products");
    }

    [Fact]
    public void Parse_EverythingOptional_IsKept()
    {
        var rules = Parse(
            """
            apiVersion: strangler/v1
            legacy: { destinations: ["http://127.0.0.1:5100"], capacity: 400 }
            unit:
              account: { header: X-Customer-Id, from: [127.0.0.1, "::ffff:10.1.0.0/112", "fd00::/8"] }
              groups: { header: X-Customer-Groups, from: [10.0.0.5/32] }
              session: { cookie: S }
              visitor: mint
            deadline: { header: X-Request-Timeout-Ms, from: [10.0.0.5] }
            capabilities:
              cart:
                authority: per-unit
                key: customer_id
                new: { destinations: ["http://127.0.0.1:5201"] }
                operations: [ { match: "GET /cart", semantics: safe }, { match: "POST /cart", semantics: keyed, data: legacy } ]
                fallback: { on-errors: true, shared-key: Idempotency-Key }
                deadline: 2s
                shadow: { sample: 25%, control: 5%, writes: off }
                gate: { max-mismatch: 0.1%, confidence: 99%, max-p95-ratio: 1.25 }
            """).Rules!;

        rules.Legacy.Capacity.ShouldBe(400);
        var unit = rules.Unit;
        unit.Account!.Claim.ShouldBeNull();
        unit.Account.Header!.Name.ShouldBe("X-Customer-Id");
        unit.Account.Header.From.Select(n => n.ToString()).ShouldBe(["127.0.0.1/32", "10.1.0.0/16", "fd00::/8"]);
        unit.Groups!.Name.ShouldBe("X-Customer-Groups");
        unit.SessionCookie.ShouldBe("S");
        unit.MintsVisitor.ShouldBeTrue();
        var cart = rules.Capabilities.ShouldHaveSingleItem();
        (cart.Authority, cart.Key).ShouldBe((Authority.PerUnit, "customer_id"));
        (cart.Shadow.Sample, cart.Shadow.Control).ShouldBe((0.25, 0.05));
        cart.Gate.ShouldBe(new GateRules(0.001, 0.99, 1.25));
        cart.Operations.Select(o => o.DataOnLegacy).ShouldBe([false, true]);
        (cart.Fallback, cart.Deadline, rules.DeadlineHeader!.Name).ShouldBe((new FallbackRules(OnErrors: true, "Idempotency-Key"), TimeSpan.FromSeconds(2), "X-Request-Timeout-Ms"));
    }

    [Fact]
    public void Parse_AccountByClaim_HasNoHeader()
    {
        var account = Parse(Shipped.Replace("unit: {", "unit: { account: { claim: sub },", StringComparison.Ordinal)).Rules!.Unit.Account!;

        (account.Claim, account.Header).ShouldBe(("sub", null));
    }

    [Fact]
    public void Parse_GateWithoutConfidence_HasTheDocumentedOne() =>
        Parse(Shipped + "    gate: { max-mismatch: 1% }\n").Rules!.Capabilities[^1].Gate.ShouldBe(new GateRules(0.01, 0.95, null));

    [Fact]
    public void Parse_ManyFiles_AreNotReadToTheEnd() =>
        RulesParser.Parse([.. Enumerable.Range(0, RulesLimits.Files + 1).Select(i => new RulesFile($"{i}.yaml", i == 0 ? Shipped : "apiVersion: strangler/v1"))])
            .Diagnostics.ShouldHaveSingleItem().ToString().ShouldBe("256.yaml:1:1 too-many there are 257 files, limit 256");

    [Fact]
    public void Parse_LargeFiles_AreNotReadToTheEnd() =>
        RulesParser.Parse([.. Enumerable.Range(0, 5).Select(i => new RulesFile($"{i}.yaml", "apiVersion: strangler/v1\n#" + new string('#', RulesLimits.FileLength - 30)))])
            .Diagnostics.ShouldHaveSingleItem().Code.ShouldBe("too-large");

    [Fact]
    public void Parse_CapabilitiesAndOperationsAtTheirLimits_AreTaken()
    {
        var rules = Many(RulesLimits.Capabilities, RulesLimits.Operations / RulesLimits.Capabilities);

        Parse(rules).Diagnostics.ShouldBeEmpty();
    }

    [Fact]
    public void Parse_MoreCapabilitiesOrOperations_AreRefused()
    {
        Parse(Many(RulesLimits.Capabilities + 1, 1)).Diagnostics.ShouldHaveSingleItem().Code.ShouldBe("too-many");
        Parse(Many(101, 20)).Diagnostics.ShouldHaveSingleItem().Code.ShouldBe("too-many");
    }

    [Fact]
    public void Parse_ErrorAfterAWallOfWarnings_IsStillAnError()
    {
        var warnings = Enumerable.Range(0, 150).Select(i =>
            $"  c{i}: {{ new: {{ destinations: [\"http://a:1\"] }}, operations: [ {{ match: \"GET /c{i}\", semantics: safe }} ], shadow: {{ sample: 0%, control: 1% }} }}\n");
        var text = "apiVersion: strangler/v1\nlegacy: { destinations: [\"http://b:1\"] }\ncapabilities:\n" + string.Concat(warnings) + "bogus: 1\n";

        var result = Parse(text);

        result.Rules.ShouldBeNull();
        result.Errors.ShouldNotBeEmpty();
        result.Diagnostics.Count.ShouldBe(RulesLimits.Diagnostics + 1);
    }

    [Theory]
    [InlineData("[", 200_000)]
    [InlineData("{a: ", 200_000)]
    [InlineData("- ", 200_000)]
    [InlineData("? ", 200_000)]
    [InlineData("{? [", 100_000)]
    [InlineData("a:\n ", 100_000)]
    public void Parse_NestingWithoutEnd_IsADiagnostic(string open, int times) =>
        Parse(string.Concat(Enumerable.Repeat(open, times))).Diagnostics.ShouldHaveSingleItem().Code.ShouldBe("yaml");

    [Fact]
    public void Parse_FileAboveTheLimit_IsNotEvenRead() =>
        Parse(new string('#', RulesLimits.FileLength + 1)).Diagnostics.ShouldHaveSingleItem().ToString()
            .ShouldBe("strangler.yaml:1:1 too-large the file has more than 1,048,576 characters");

    [Fact]
    public void Parse_NoFile_SaysThatLegacyIsMissing() =>
        RulesParser.Parse([]).Diagnostics.ShouldHaveSingleItem().Code.ShouldBe("missing-legacy");

    private static RulesResult Parse(string text) => RulesParser.Parse([new RulesFile("strangler.yaml", text)]);

    private static string Many(int capabilities, int operations) =>
        "apiVersion: strangler/v1\nlegacy: { destinations: [\"http://b:1\"] }\ncapabilities:\n" + string.Concat(Enumerable.Range(0, capabilities).Select(c =>
            $"  c{c}:\n    new: {{ destinations: [\"http://a:1\"] }}\n    operations:\n" + string.Concat(Enumerable.Range(0, operations).Select(o =>
                $"      - {{ match: \"GET /c{c}/o{o}/{{id}}\", semantics: safe }}\n"))));
}
