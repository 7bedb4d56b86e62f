using System.Globalization;
using System.Text.Json.Nodes;
using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Features;
using Xunit;

namespace Strangler.UnitTests.Features;

public sealed class FeatureDocumentTests
{
    private const string Read = "catalog.read";
    private const string Write = "catalog.write";

    // Place 98.305 % of the hash space of 'catalog'.
    private const string LateUnit = "user-36";

    private static readonly UnitSet Testers = new(["ann", "üñí 漢字"], ["testers", "both"]);
    private static readonly UnitSet Avoiders = new(["bob", LateUnit], ["avoiders", "both"]);

    public static TheoryData<string, bool> States => new()
    {
        { "legacy 0", false },
        { "shadow 0", false },
        { "read-canary 0", false },
        { "read-canary 0.00001", false },
        { "read-canary 37.5", false },
        { "read-canary 37.5 held", false },
        { "read-canary 98.3053808473", false },
        { "read-canary 99.99999999", false },
        { "read-canary 100", false },
        { "read-canary 100 everyone", false },
        { "read-canary 100 killed", false },
        { "shadow 0", true },
        { "legacy 0", true },
        { "read-canary 0", true },
        { "read-canary 50", true },
        { "read-canary 100", true },
        { "read-canary 100 everyone", true },
        { "read-canary 50 killed", true },
    };

    [Theory]
    [MemberData(nameof(States))]
    public async Task Write_EachState_TheStockLibraryAnswersAsTheEdge(string state, bool named)
    {
        var plan = PlanAt(state, named);
        using var library = new StockLibrary(plan);
        var (read, write) = (plan.FindOperation(TestPlan.OperationId)!, plan.FindOperation("POST /api/products")!);
        foreach (var (unit, groups) in People())
        {
            await Agree(Read, read, unit, groups);
            await Agree(Write, write, unit, groups);
        }

        async Task Agree(string feature, OperationPlan operation, string unit, string[] groups) =>
            (await library.VariantAsync(feature, unit, groups)).ShouldBe(
                RouteDecision.ToName(Decider.Decide(operation, new Requester(unit, string.Join(',', groups))).Side),
                $"{feature} for '{unit}' in [{string.Join(',', groups)}]");
    }

    [Theory]
    [InlineData("read-canary 50", "legacy")]
    [InlineData("read-canary 99.99999999", "legacy")]
    [InlineData("read-canary 100", "legacy")]
    [InlineData("read-canary 100 everyone", "new")]
    [InlineData("read-canary 100 killed", "legacy")]
    public async Task Write_ClientWithoutIdentity_IsAdmittedLast(string state, string variant)
    {
        using var library = new StockLibrary(PlanAt(state, named: false));

        (await library.VariantAsync(Read)).ShouldBe(variant);
        (await library.VariantAsync(Read, unit: null)).ShouldBe(variant);
        (await library.VariantAsync(Read, unit: "")).ShouldBe(variant);
    }

    [Fact]
    public async Task Write_IsEnabled_SaysTheSameAsTheVariant()
    {
        using var library = new StockLibrary(PlanAt("read-canary 50", named: false));
        foreach (var unit in Enumerable.Range(0, 100).Select(i => string.Create(CultureInfo.InvariantCulture, $"user-{i}")))
        {
            (await library.IsEnabledAsync(Read, unit)).ShouldBe(await library.VariantAsync(Read, unit) == "new");
            (await library.IsEnabledAsync(Write, unit)).ShouldBeFalse();
        }
    }

    [Fact]
    public void Write_NamedAndShare_ReadsAsDocumented()
    {
        var document = JsonNode.Parse(FeatureDocument.Write(PlanAt("read-canary 98.3053808473", named: true).Capabilities))!;

        var features = document["feature_management"]!["feature_flags"]!.AsArray();
        features.Select(f => (string)f!["id"]!).ShouldBe([Read, Write]);
        var allocation = features[0]!["allocation"]!;
        ((string)allocation["seed"]!).ShouldBe("catalog");
        allocation["user"]!.ToJsonString(Plain).ShouldBe(
            """[{"variant":"legacy","users":["","bob","user-36"]},{"variant":"new","users":["ann","üñí 漢字"]}]""");
        allocation["group"]!.ToJsonString(Plain).ShouldBe(
            """[{"variant":"legacy","groups":["avoiders","both"]},{"variant":"new","groups":["testers","both"]}]""");
        allocation["percentile"]!.AsArray()[^1]!.ToJsonString().ShouldBe("""{"variant":"new","from":0,"to":98.3053808473}""");
    }

    private static readonly System.Text.Json.JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static Plan PlanAt(string text, bool named)
    {
        var words = text.Split(' ');
        StageNames.TryParse(words[0], out var stage).ShouldBeTrue();
        var state = new CapabilityState(stage, double.Parse(words[1], CultureInfo.InvariantCulture), Killed: words.Contains("killed"))
        {
            Held = words.Contains("held"),
            Everyone = words.Contains("everyone"),
            Include = named ? Testers : UnitSet.Empty,
            Exclude = named ? Avoiders : UnitSet.Empty,
        };
        var rules = TestPlan.Rules(TestPlan.Operation("GET", "/api/products/{sku}"), TestPlan.Operation("POST", "/api/products", Semantics.None));
        return new Plan(1, rules, new Dictionary<string, CapabilityState>(StringComparer.Ordinal) { [TestPlan.Capability] = state });
    }

    private static IEnumerable<(string Unit, string[] Groups)> People()
    {
        string[] units = ["", LateUnit, "ann", "bob", "üñí 漢字", "Ann", "🛒", .. Enumerable.Range(0, 200).Select(i => string.Create(CultureInfo.InvariantCulture, $"u{i}"))];
        foreach (var unit in units) yield return (unit, []);
        foreach (var unit in units.Skip(1).Take(20))
        {
            yield return (unit, ["testers"]);
            yield return (unit, ["avoiders"]);
            yield return (unit, ["both"]);
            yield return (unit, ["others", "testers", "avoiders"]);
            yield return (unit, ["Testers"]);
        }
    }
}
