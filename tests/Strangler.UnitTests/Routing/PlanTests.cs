using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Xunit;

namespace Strangler.UnitTests.Routing;

public sealed class PlanTests
{
    [Theory]
    [InlineData("GET", "/api/products", "GET /api/products")]
    [InlineData("HEAD", "/api/products", "GET /api/products")]
    [InlineData("GET", "/api/products/new", "GET /api/products/new")]
    [InlineData("GET", "/api/products/X", "GET /api/products/{sku}")]
    [InlineData("GET", "/api/products/X/images", "GET /api/{**rest}")]
    [InlineData("POST", "/api/products/new", "POST /api/products/{sku}")]
    [InlineData("DELETE", "/api/products/X", null)]
    [InlineData("GET", "/", null)]
    public void Match_SeveralTemplates_TakesTheMostSpecific(string method, string path, string? id)
    {
        var rules = TestPlan.Rules(
            TestPlan.Operation("GET", "/api/{**rest}"),
            TestPlan.Operation("GET", "/api/products/{sku}"),
            TestPlan.Operation("GET", "/api/products"),
            TestPlan.Operation("GET", "/api/products/new"),
            TestPlan.Operation("POST", "/api/products/{sku}", Semantics.None));

        new Plan(1, rules, new Dictionary<string, CapabilityState>(StringComparer.Ordinal)).Match(method, path)?.Id.ShouldBe(id);
    }

    [Fact]
    public void FindCapability_WithoutAState_StandsAtLegacy() =>
        new Plan(1, TestPlan.Rules(), new Dictionary<string, CapabilityState>(StringComparer.Ordinal))
            .FindCapability(TestPlan.Capability)!.State.ShouldBe(CapabilityState.Initial);

    [Theory]
    [InlineData(Stage.Legacy, false, 0.5, false)]
    [InlineData(Stage.Shadow, false, 0.5, true)]
    [InlineData(Stage.ReadCanary, false, 0.5, true)]
    [InlineData(Stage.Shadow, false, 0, false)]
    [InlineData(Stage.Shadow, true, 0.5, false)]
    [InlineData(Stage.ReadCanary, true, 0.5, false)]
    public void Copies_StageKillAndSample_DecideTogether(Stage stage, bool killed, double sample, bool copies)
    {
        var rules = TestPlan.Rules();
        rules = rules with { Capabilities = [rules.Capabilities[0] with { Shadow = new ShadowRules(sample) }] };
        var states = new Dictionary<string, CapabilityState>(StringComparer.Ordinal) { [TestPlan.Capability] = new(stage, 10, killed) };

        new Plan(1, rules, states).FindCapability(TestPlan.Capability)!.Copies.ShouldBe(copies);
    }
}
