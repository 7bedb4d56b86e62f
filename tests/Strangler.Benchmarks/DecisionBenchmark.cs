using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Core.Rules;
using Strangler.Proxy.Edge;
using Strangler.Proxy.Plans;

namespace Strangler.Benchmarks;

/// <summary>What the edge adds to a request of a capability in canary: find the unit, hash it, decide. Must allocate nothing.</summary>
public class DecisionBenchmark
{
    private const string OperationId = "GET /api/products/{sku}";

    private const string Rules =
        """
        apiVersion: strangler/v1
        legacy: { destinations: ["http://127.0.0.1:5100"] }
        unit: { session: { cookie: LegacySession } }
        capabilities:
          catalog:
            new: { destinations: ["http://127.0.0.1:5201"] }
            operations: [ { match: "GET /api/products/{sku}", semantics: safe } ]
        """;

    private readonly DefaultHttpContext _context = new();
    private readonly PlanHolder _plans;
    private readonly OperationPlan _operation;

    public DecisionBenchmark()
    {
        var rules = RulesParser.Parse([new RulesFile("rules.yaml", Rules)]).Rules!;
        var states = new Dictionary<string, CapabilityState>(StringComparer.Ordinal) { ["catalog"] = new(Stage.ReadCanary, 99, Killed: false) };
        _plans = new PlanHolder(new Plan(1, rules, states));
        _operation = _plans.Current.FindOperation(OperationId)!;
        _context.Request.Headers.Cookie = "theme=dark; consent=all; LegacySession=4f1c5d80ab934f1c5d80ab934f1c5d80; cart=3";
    }

    /// <summary>The decision alone.</summary>
    [Benchmark(Baseline = true)]
    public RouteDecision Decision() => Decider.Decide(_operation, new Requester(Unit()));

    /// <summary>As a request does it: with the lookup in the plan in force and the count of requests on the new side.</summary>
    [Benchmark]
    public RouteDecision DecisionEnteredAndLeft()
    {
        var decision = _plans.Enter(OperationId, new Requester(Unit()))!;
        PlanHolder.Leave(decision);
        return decision;
    }

    private ReadOnlySpan<char> Unit() => UnitReader.Read(_context.Request, _plans.Current.Rules.Unit);
}
