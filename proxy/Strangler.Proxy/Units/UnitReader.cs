using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Strangler.Core.Model;
using Strangler.Core.Routing;

namespace Strangler.Proxy.Units;

/// <summary>
/// Finds out who asks, as far as the edge can make sure of it: the account, else the monolith's session, else the visitor. Copies nothing
/// that it does not need: a request whose cookie is remembered allocates nothing.
/// </summary>
/// <remarks>
/// Logging in turns a visitor into an account, which has another bucket: half of those who log in during a canary of 50 % would change the
/// side in the middle of their way through the shop. So a visitor who logs in goes on deciding for one lease, <see cref="Lease"/> at most, which
/// the signed cookie remembers. After it the account decides, on every device alike. A logout ends the lease. Only reads follow the lease:
/// where data has an owner, the owner's key decides.
/// </remarks>
/// <param name="keys">The keys of the visitor cookies.</param>
/// <param name="time">The clock of the leases. Edges may disagree by an hour: a lease then ends an hour earlier or later, once.</param>
internal sealed class UnitReader(VisitorKeySource keys, TimeProvider time)
{
    /// <summary>Name of the visitor cookie over plain HTTP, as in a demo.</summary>
    public const string PlainCookie = "Strangler-Visitor";

    /// <summary>Its name over TLS: with this prefix a browser takes it from this very host only, and no other subdomain can plant one.</summary>
    public const string SecureCookie = "__Host-" + PlainCookie;

    /// <summary>How long a visitor decides for the account after a login.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromHours(24);

    // By how much the clocks of two edges may differ before a lease counts as one that nobody can have given.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromHours(2);

    // Somebody may have planted cookies of our name beside ours; more than a few are not worth a look.
    private const int MaxVisitorCookies = 4;

    /// <summary>Name of the visitor cookie for a request.</summary>
    public static string CookieName(HttpRequest request) => request.IsHttps ? SecureCookie : PlainCookie;

    /// <summary>Who asks. Unit and groups point into the request.</summary>
    public Identity Read(HttpContext context, UnitRules rules)
    {
        var account = Account(context, rules.Account);
        var groups = TrustedHeaders.Read(context, rules.Groups);
        var session = account.IsEmpty ? Session(context.Request, rules.SessionCookie) : [];
        if (!rules.MintsVisitor) return new Identity(new Requester(account.IsEmpty ? session : account, groups), visitor: null, VisitorStep.None);
        var visitor = VisitorOf(context.Request);
        if (!account.IsEmpty) return LoggedIn(account, groups, visitor);
        if (visitor is null) return new Identity(new Requester(session, groups), null, session.IsEmpty ? VisitorStep.Mint : VisitorStep.None);
        return Known(session.IsEmpty ? visitor.Id : session, groups, visitor, visitor.LeaseEnds is null ? VisitorStep.None : VisitorStep.ClearLease);
    }

    private Identity LoggedIn(ReadOnlySpan<char> account, ReadOnlySpan<char> groups, Visitor? visitor)
    {
        if (visitor is null) return new Identity(new Requester(account, groups), visitor: null, VisitorStep.None);
        if (visitor.LeaseEnds is not { } ends) return Known(visitor.Id, groups, visitor, VisitorStep.StartLease);
        if (ends == Visitor.LeaseOver) return Known(account, groups, visitor, VisitorStep.None);
        var left = ends - time.GetUtcNow().ToUnixTimeSeconds();
        if (left <= 0) return Known(account, groups, visitor, VisitorStep.EndLease);
        return Known(visitor.Id, groups, visitor, left > (Lease + ClockTolerance).TotalSeconds ? VisitorStep.StartLease : VisitorStep.None);
    }

    private static Identity Known(ReadOnlySpan<char> unit, ReadOnlySpan<char> groups, Visitor visitor, VisitorStep step) =>
        new(new Requester(unit, groups), visitor, step == VisitorStep.None && visitor.IsOld ? VisitorStep.Renew : step);

    private static ReadOnlySpan<char> Account(HttpContext context, AccountRules? rules)
    {
        if (rules is null) return [];
        return Usable(rules.Claim is { } type ? Claim(context, type) : TrustedHeaders.Read(context, rules.Header));
    }

    // The host's own authentication has verified the user, or there is none. Asking the feature does not make up an empty one.
    private static ReadOnlySpan<char> Claim(HttpContext context, string type)
    {
        if (context.Features.Get<IHttpAuthenticationFeature>()?.User is not { } user) return [];
        foreach (ClaimsIdentity identity in user.Identities)
        {
            if (identity.IsAuthenticated && identity.FindFirst(type) is { } claim) return claim.Value;
        }

        return [];
    }

    private static ReadOnlySpan<char> Session(HttpRequest request, string? cookie) =>
        cookie is null ? [] : Usable(CookieValues.First(request.Headers.Cookie, cookie));

    private static ReadOnlySpan<char> Usable(ReadOnlySpan<char> unit) => unit.Length <= Bucket.MaxUnitLength ? unit : [];

    // The first genuine one.
    private Visitor? VisitorOf(HttpRequest request)
    {
        var values = new CookieValues(request.Headers.Cookie, CookieName(request));
        for (var i = 0; i < MaxVisitorCookies && values.MoveNext(); i++)
        {
            if (keys.Cookie.Verify(values.Current) is { } visitor) return visitor;
        }

        return null;
    }
}
