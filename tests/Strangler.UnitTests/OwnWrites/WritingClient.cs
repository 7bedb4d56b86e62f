using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.OwnWrites;
using Strangler.Proxy.Plans;
using Strangler.UnitTests.Units;
using Yarp.ReverseProxy.Forwarder;

namespace Strangler.UnitTests.OwnWrites;

/// <summary>A client that keeps the cookie of its own writes, and asks edges of which all reads are on the new side.</summary>
internal sealed class WritingClient
{
    public const string Products = "products";
    public const string Orders = "orders";
    public const string Stocks = "stocks";

    /// <summary>The value of its cookie; null for none.</summary>
    public string? Cookie { get; set; }

    /// <summary>The last Set-Cookie; null when the last answer had none.</summary>
    public string? SetCookie { get; private set; }

    /// <summary>
    /// A plan of three capabilities, with a read and a write of each. An order changes the stocks as well.
    /// </summary>
    public static Plan Plan(Stage stage = Stage.ReadCanary, bool adapters = true, params string[] stayAtLegacy)
    {
        string[] names = [Products, Orders, Stocks];
        var rules = new RuleSet(
            new LegacyRules([new Uri("http://127.0.0.1:5100")], Capacity: null), new UnitRules("LegacySession"),
            adapters ? new AdapterRules(new Uri("http://127.0.0.1:5300")) : null,
            [.. names.Select(name => TestPlan.Rules(
                TestPlan.Operation("GET", "/" + name),
                TestPlan.Operation("POST", "/" + name, Semantics.None) with { Affects = name == Orders ? [Stocks] : [] }).Capabilities[0] with { Name = name })]);
        return new Plan(1, rules, names.ToDictionary(
            name => name,
            name => stayAtLegacy.Contains(name) ? CapabilityState.Initial : new CapabilityState(stage, stage == Stage.ReadCanary ? 100 : 0, Killed: false),
            StringComparer.Ordinal));
    }

    public static UnitParts Edge(TimeProvider time, string? keys = null, Plan? plan = null) => new(keys, time, new PlanHolder(plan ?? Plan()));

    /// <summary>Writes, and keeps the cookie of the answer.</summary>
    /// <param name="edge">The edge that is asked.</param>
    /// <param name="capability">Whose write it is; null for one that no capability claims.</param>
    /// <param name="answer">Changes the answer before it begins.</param>
    /// <param name="failure">What kept legacy from answering; null when it did.</param>
    /// <param name="method">The method.</param>
    public async Task WriteAsync(
        UnitParts edge, string? capability, Action<HttpResponse>? answer = null, ForwarderError? failure = null, string method = "POST")
    {
        var context = Request();
        context.Request.Method = method;
        var starting = new StartingResponse();
        context.Features.Set<IHttpResponseFeature>(starting);
        if (capability is not null) edge.Decider.Decide(context, $"POST /{capability}");
        else edge.RequestPlan.Take(context);
        await new WriteMiddleware(_ => Task.CompletedTask, edge.Writes, edge.RequestPlan).InvokeAsync(context);
        answer?.Invoke(context.Response);
        if (failure is { } error) context.Features.Set<IForwarderErrorFeature>(new Failed(error));
        await starting.StartAsync();
        SetCookie = context.Response.Headers.SetCookie.SingleOrDefault(c => c!.StartsWith(WriteCookie.PlainName, StringComparison.Ordinal));
        if (SetCookie is not null) Cookie = SetCookie.Split(';')[0][(WriteCookie.PlainName.Length + 1)..];
    }

    /// <summary>Reads; says where.</summary>
    public RouteDecision Read(UnitParts edge, string capability)
    {
        var decision = edge.Decider.Decide(Request(), $"GET /{capability}")!;
        PlanHolder.Leave(decision);
        return decision;
    }

    public DefaultHttpContext Request() =>
        UnitParts.Request(Cookie is null ? "theme=dark; LegacySession=s" : $"theme=dark; LegacySession=s; {WriteCookie.PlainName}={Cookie}; cart=3");

    private sealed class StartingResponse : HttpResponseFeature
    {
        private readonly Stack<(Func<object, Task> Callback, object State)> _callbacks = [];

        public override void OnStarting(Func<object, Task> callback, object state) => _callbacks.Push((callback, state));

        public async Task StartAsync()
        {
            while (_callbacks.TryPop(out var callback)) await callback.Callback(callback.State);
        }
    }

    private sealed class Failed(ForwarderError error) : IForwarderErrorFeature
    {
        public ForwarderError Error => error;

        public Exception? Exception => null;
    }
}
