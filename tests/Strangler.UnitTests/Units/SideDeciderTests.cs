using System.Globalization;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.OwnWrites;
using Strangler.Proxy.Plans;
using Xunit;

namespace Strangler.UnitTests.Units;

public sealed class SideDeciderTests
{
    private const string Id = "0123456789abcdefABCDEF";

    [Theory]
    [InlineData("session")]
    [InlineData("visitor")]
    [InlineData("account")]
    [InlineData("lease")]
    [InlineData("nobody")]
    [InlineData("writer")]
    public void Decide_FromARequest_AllocatesNothing(string kind)
    {
        var parts = new UnitParts(plans: new PlanHolder(CanaryOf(UnitParts.AllRules)));
        var time = new ManualTimeProvider();
        var context = kind switch
        {
            "session" => UnitParts.Request("theme=dark; consent=all; LegacySession=4f1c5d80ab93; cart=3"),
            "visitor" => UnitParts.Request($"theme=dark; consent=all; {parts.VisitorCookie(Id)}; cart=3"),
            "account" => UnitParts.Request("theme=dark", account: "customer-1234", groups: "staff, testers"),
            "lease" => UnitParts.Request(parts.VisitorCookie(Id, time.GetUtcNow().AddHours(1).ToUnixTimeSeconds()), account: "customer-1234"),
            "writer" => UnitParts.Request($"theme=dark; LegacySession=4f1c5d80ab93; {WriteCookie.PlainName}={WriteCookie.Write(parts.Keys.Ring, [new WriteMark("orders", 1), new WriteMark(TestPlan.Capability, 1)])}"),
            _ => UnitParts.Request("theme=dark"),
        };
        if (kind == "writer") parts.Decider.Decide(context, TestPlan.OperationId)!.Reason.ShouldBe(DecisionReason.OwnWrite);

        Allocations.PerCall(() =>
        {
            if (parts.Decider.Decide(context, TestPlan.OperationId) is { } decision) PlanHolder.Leave(decision);
        }).ShouldBe(0);
    }

    // Whatever was read before the request could enter the new side must come from the plan that decided.
    [Fact]
    public void Decide_PlanReplacedBeforeTheRequestEnters_IsDecidedByTheNextPlanAlone()
    {
        var plans = new PlanHolder(CanaryOf(UnitParts.AllRules, number: 1));
        var parts = new UnitParts(plans: plans);
        var context = UnitParts.Request("LegacySession=s", account: "ann");
        parts.RequestPlan.Take(context);
        var next = CanaryOf(new UnitRules(UnitParts.SessionCookie) { Groups = new TrustedHeader(UnitParts.AccountHeader, [System.Net.IPNetwork.Parse("192.0.2.1/32")]) }, number: 2);
        plans.Swap(next);

        var decision = parts.Decider.Decide(context, TestPlan.OperationId)!;

        decision.Capability.PlanNumber.ShouldBe(2);
        parts.RequestPlan.Of(context).ShouldBeSameAs(next);
        context.Request.Headers.ContainsKey(UnitParts.AccountHeader).ShouldBeFalse();
        next.Capabilities[0].OnNewSide.Count.ShouldBe(1);
    }

    // One plan for all of a request: a raise between its start and its decision is for the next request.
    [Fact]
    public void Decide_PlanReplacedButRequestStaysOnLegacy_KeepsItsPlan()
    {
        var plans = new PlanHolder(TestPlan.At(Stage.Legacy, number: 1));
        var parts = new UnitParts(plans: plans);
        var context = UnitParts.Request("LegacySession=s");
        parts.RequestPlan.Take(context);
        plans.Swap(TestPlan.At(Stage.ReadCanary, 100, number: 2));

        parts.Decider.Decide(context, TestPlan.OperationId)!.Capability.PlanNumber.ShouldBe(1);
    }

    [Fact]
    public void Decide_NamedGroup_CountsOnlyFromAListedProxy()
    {
        var state = new CapabilityState(Stage.ReadCanary, 0, Killed: false) { Include = new UnitSet([], ["testers"]) };
        var parts = new UnitParts(plans: new PlanHolder(PlanOf(UnitParts.AllRules, state)));

        Side(parts, UnitParts.Request("LegacySession=s", groups: "staff, testers")).ShouldBe(Core.Model.Side.New);
        Side(parts, UnitParts.Request("LegacySession=s", groups: "staff, testers", from: "192.0.2.1")).ShouldBe(Core.Model.Side.Legacy);
    }

    private static Side Side(UnitParts parts, HttpContext context)
    {
        var decision = parts.Decider.Decide(context, TestPlan.OperationId)!;
        PlanHolder.Leave(decision);
        return decision.Side;
    }

    private static Plan CanaryOf(UnitRules rules, long number = 1) => PlanOf(rules, new CapabilityState(Stage.ReadCanary, 100, Killed: false)
    {
        Include = new UnitSet(["a", "b"], ["testers"]),
        Exclude = new UnitSet([.. Enumerable.Range(0, 100).Select(i => i.ToString(CultureInfo.InvariantCulture))], []),
    }, number);

    private static Plan PlanOf(UnitRules rules, CapabilityState state, long number = 1) =>
        new(number, TestPlan.Rules() with { Unit = rules, Adapters = new AdapterRules(new Uri("http://127.0.0.1:5300")) }, new Dictionary<string, CapabilityState>(StringComparer.Ordinal) { [TestPlan.Capability] = state });
}
