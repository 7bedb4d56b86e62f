using Microsoft.AspNetCore.Http;
using Strangler.Core.Model;

namespace Strangler.Proxy.Units;

/// <summary>Writes the visitor cookie into answers that may carry one (<see cref="CookieCarrier"/>).</summary>
internal sealed class VisitorAnswers(UnitReader reader, VisitorKeySource keys, TimeProvider time)
{
    // The longest that user agents keep a cookie (RFC 6265bis, 5.5); a migration takes its time.
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(400);

    /// <summary>Looks at the answer once its headers are complete.</summary>
    public void Expect(HttpContext context, UnitRules rules) => context.Response.OnStarting(() =>
    {
        Write(context, rules);
        return Task.CompletedTask;
    });

    internal void Write(HttpContext context, UnitRules rules)
    {
        if (!CookieCarrier.Is(context.Response)) return;
        var identity = reader.Read(context, rules);
        if (NewValue(context, rules, identity) is not { } value) return;
        context.Response.Cookies.Append(UnitReader.CookieName(context.Request), value, new CookieOptions
        {
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = MaxAge,
            IsEssential = true,
        });
    }

    private string? NewValue(HttpContext context, UnitRules rules, in Identity identity) => identity.Step switch
    {
        VisitorStep.Mint => MayMint(context, rules) ? keys.Cookie.Write(VisitorCookie.NewId(), leaseEnds: null) : null,
        VisitorStep.StartLease => keys.Cookie.Write(identity.Visitor!.Id, (time.GetUtcNow() + UnitReader.Lease).ToUnixTimeSeconds()),
        VisitorStep.EndLease => keys.Cookie.Write(identity.Visitor!.Id, Visitor.LeaseOver),
        VisitorStep.ClearLease => keys.Cookie.Write(identity.Visitor!.Id, leaseEnds: null),
        VisitorStep.Renew => keys.Cookie.Write(identity.Visitor!.Id, identity.Visitor.LeaseEnds),
        _ => null,
    };

    // Only with a page, and not when the monolith has just given the client a session, which is a better unit.
    private static bool MayMint(HttpContext context, UnitRules rules) =>
        PageRequest.Is(context.Request)
        && context.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true
        && !context.Response.Headers.SetCookie.Any(c => rules.SessionCookie is { } name && c?.StartsWith(name + "=", StringComparison.Ordinal) == true);
}
