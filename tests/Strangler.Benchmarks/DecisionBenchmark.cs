using System.Globalization;
using System.Net;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy;
using Strangler.Proxy.Adapters;
using Strangler.Proxy.Edge;
using Strangler.Proxy.OwnWrites;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Resilience.Breakers;
using Strangler.Proxy.Units;

namespace Strangler.Benchmarks;

/// <summary>
/// What the edge adds to a request: find out who asks, decide, count in and out. 50 capabilities in canary with 200 operations; each call
/// asks for another one. Must allocate nothing.
/// </summary>
public class DecisionBenchmark
{
    private const int Capabilities = 50;
    private const int OperationsOfEach = 4;
    private const string Others = "theme=dark; consent=all; cart=3; ";

    private readonly string[] _operations;
    private readonly SideDecider _decider;
    private readonly HttpContext _session;
    private readonly HttpContext _visitor;
    private readonly HttpContext _account;
    private readonly HttpContext _writer;
    private int _next;

    public DecisionBenchmark()
    {
        var rules = Rules();
        var states = rules.Capabilities.ToDictionary(c => c.Name, _ => new CapabilityState(Stage.ReadCanary, 50, Killed: false), StringComparer.Ordinal);
        var plans = new PlanHolder(new Plan(1, rules, states));
        _operations = [.. rules.Capabilities.SelectMany(c => c.Operations).Select(o => o.Id)];
        var options = new StranglerOptions { VisitorKeys = VisitorKeyRing.NewText() };
        var keys = new VisitorKeySource(options, NullLogger<VisitorKeySource>.Instance);
        var reader = new UnitReader(keys, TimeProvider.System);
        var requestPlan = new RequestPlan(plans, options);
        var adapters = new AdapterView();
        _decider = new SideDecider(
            plans, requestPlan, reader, new VisitorAnswers(reader, keys, TimeProvider.System), new OwnWriteCheck(keys, adapters),
            new BreakerBoard(plans.Current, TimeProvider.System, NullLogger<BreakerBoard>.Instance));
        _session = Request($"{Others}LegacySession=4f1c5d80ab934f1c5d80ab934f1c5d80");
        _visitor = Request($"{Others}{UnitReader.PlainCookie}={keys.Cookie.Write(VisitorCookie.NewId(), leaseEnds: null)}");
        _account = Request(Others);
        _account.Request.Headers["X-Customer-Id"] = "customer-4711";
        var written = WriteCookie.Write(keys.Ring, [new WriteMark("capability-7", adapters.LatestByAdapters(TimeProvider.System.GetUtcNow()))]);
        _writer = Request($"{Others}LegacySession=4f1c5d80ab934f1c5d80ab934f1c5d80; {WriteCookie.PlainName}={written}");
        foreach (var context in (HttpContext[])[_session, _visitor, _account, _writer]) requestPlan.Take(context);
    }

    /// <summary>The monolith's session cookie.</summary>
    [Benchmark(Baseline = true)]
    public Side Session() => Decide(_session);

    /// <summary>The visitor cookie, signature included.</summary>
    [Benchmark]
    public Side Visitor() => Decide(_visitor);

    /// <summary>The account header of a listed proxy.</summary>
    [Benchmark]
    public Side Account() => Decide(_account);

    /// <summary>The session cookie, and the cookie of somebody who has written: half of the decisions are new and verify it.</summary>
    [Benchmark]
    public Side Writer() => Decide(_writer);

    private Side Decide(HttpContext context)
    {
        _next = (_next + 1) % _operations.Length;
        var decision = _decider.Decide(context, _operations[_next])!;
        PlanHolder.Leave(decision);
        return decision.Side;
    }

    private static DefaultHttpContext Request(string cookies)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "GET";
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        context.Request.Headers.Cookie = cookies;
        return context;
    }

    private static RuleSet Rules() => new(
        new LegacyRules([new Uri("http://127.0.0.1:5100")], Capacity: null),
        new UnitRules("LegacySession")
        {
            Account = new AccountRules(Claim: null, new TrustedHeader("X-Customer-Id", [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("127.0.0.1/32")])),
            MintsVisitor = true,
        },
        new AdapterRules(new Uri("http://127.0.0.1:5300")),
        [.. Enumerable.Range(0, Capabilities).Select(Capability)]);

    private static CapabilityRules Capability(int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"capability-{number}");
        var operations = Enumerable.Range(0, OperationsOfEach).Select(i => Operation($"/api/{name}/{i}/{{id}}"));
        return new CapabilityRules(
            name, Team: null, Authority.Global, new NewSideRules([new Uri("http://127.0.0.1:5201")], NewSideRules.DefaultTimeout),
            [.. operations], ShadowRules.Off, []);
    }

    private static OperationRules Operation(string pattern) =>
        PathTemplate.TryParse(pattern, out var template, out var error)
            ? new OperationRules("GET", template!, template!, Semantics.Safe)
            : throw new ArgumentException(error, nameof(pattern));
}
