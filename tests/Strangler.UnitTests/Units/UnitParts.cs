using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Primitives;
using Strangler.Core.Model;
using Strangler.Proxy;
using Strangler.Proxy.Adapters;
using Strangler.Proxy.Edge;
using Strangler.Proxy.OwnWrites;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Resilience.Breakers;
using Strangler.Proxy.Units;

namespace Strangler.UnitTests.Units;

/// <summary>What an edge needs to know who asks, put together as the edge does it.</summary>
internal sealed class UnitParts
{
    public const string SessionCookie = "LegacySession";
    public const string AccountHeader = "X-Customer-Id";
    public const string GroupsHeader = "X-Customer-Groups";

    public static readonly string OldKey = "old:" + Convert.ToBase64String([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);
    public static readonly string NewKey = "new:" + Convert.ToBase64String([.. Enumerable.Range(101, 48).Select(i => (byte)i)]);

    /// <summary>Accounts and groups from loopback, sessions, and minted visitors.</summary>
    public static readonly UnitRules AllRules = new(SessionCookie)
    {
        Account = new AccountRules(Claim: null, new TrustedHeader(AccountHeader, [IPNetwork.Parse("127.0.0.0/8")])),
        Groups = new TrustedHeader(GroupsHeader, [IPNetwork.Parse("127.0.0.0/8")]),
        MintsVisitor = true,
    };

    public UnitParts(string? keys = null, TimeProvider? time = null, PlanHolder? plans = null)
    {
        Plans = plans ?? new PlanHolder(TestPlan.At(Stage.Legacy));
        time ??= new ManualTimeProvider();
        var options = new StranglerOptions { VisitorKeys = keys ?? OldKey };
        Keys = new VisitorKeySource(options, NullLogger<VisitorKeySource>.Instance);
        Reader = new UnitReader(Keys, time);
        Answers = new VisitorAnswers(Reader, Keys, time);
        RequestPlan = new RequestPlan(Plans, options);
        Breakers = new BreakerBoard(Plans.Current, time, NullLogger<BreakerBoard>.Instance);
        Decider = new SideDecider(Plans, RequestPlan, Reader, Answers, new OwnWriteCheck(Keys, Adapters), Breakers);
        Writes = new WriteRecorder(Keys, Adapters, time);
    }

    public PlanHolder Plans { get; }

    public VisitorKeySource Keys { get; }

    public BreakerBoard Breakers { get; }

    public AdapterView Adapters { get; } = new();

    public WriteRecorder Writes { get; }

    public UnitReader Reader { get; }

    public VisitorAnswers Answers { get; }

    public RequestPlan RequestPlan { get; }

    public SideDecider Decider { get; }

    /// <summary>A visitor's cookie, as the header carries it.</summary>
    public string VisitorCookie(string id = "AAAAAAAAAAAAAAAAAAAAAA", long? lease = null) => $"{UnitReader.PlainCookie}={Keys.Cookie.Write(id, lease)}";

    public string UnitOf(HttpContext context, UnitRules? rules = null) => Reader.Read(context, rules ?? AllRules).Requester.Unit.ToString();

    public VisitorStep StepOf(HttpContext context, UnitRules? rules = null) => Reader.Read(context, rules ?? AllRules).Step;

    public static DefaultHttpContext Request(StringValues cookies = default, string? account = null, string? groups = null, string from = "127.0.0.1")
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "GET";
        context.Connection.RemoteIpAddress = IPAddress.Parse(from);
        if (cookies.Count > 0) context.Request.Headers.Cookie = cookies;
        if (account is not null) context.Request.Headers[AccountHeader] = account;
        if (groups is not null) context.Request.Headers[GroupsHeader] = groups;
        return context;
    }

    public static ClaimsPrincipal User(string type, string value, string? scheme = "Test") => new(new ClaimsIdentity([new Claim(type, value)], scheme));
}
