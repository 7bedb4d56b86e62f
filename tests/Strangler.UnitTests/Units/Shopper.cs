using Microsoft.AspNetCore.Http;
using Strangler.Core.Model;
using Strangler.Proxy.Plans;

namespace Strangler.UnitTests.Units;

/// <summary>A browser as an edge sees it: a session, an account, and the visitor cookie that it was given.</summary>
/// <param name="session">The monolith's session; null when it gives none.</param>
internal sealed class Shopper(string? session)
{
    private string _visitor = "";

    /// <summary>The account while logged in.</summary>
    public string? Account { get; set; }

    /// <summary>Asks for a page and keeps the cookie that comes with it.</summary>
    public Side Visit(UnitParts edge, UnitRules rules)
    {
        var context = Request();
        edge.RequestPlan.Take(context);
        var decision = edge.Decider.Decide(context, TestPlan.OperationId)!;
        PlanHolder.Leave(decision);
        context.Response.Headers.CacheControl = "private";
        context.Response.ContentType = "text/html";
        edge.Answers.Write(context, rules);
        var given = context.Response.Headers.SetCookie.ToString();
        if (given.Length > 0) _visitor = given.Split(';')[0];
        return decision.Side;
    }

    private DefaultHttpContext Request()
    {
        var context = UnitParts.Request(session is null ? _visitor : $"{UnitParts.SessionCookie}={session}; {_visitor}", Account);
        context.Request.Headers.Accept = "text/html";
        return context;
    }
}
