using Strangler.Core.Compare;

namespace Strangler.Proxy.Shadow.Triage;

/// <summary>Makes records of what was found, and puts them into their groups. What is personal ends here.</summary>
internal sealed class DifferenceRecorder(DifferenceGroups groups, RerunShelf shelf, ValueTokens tokens)
{
    /// <summary>Keeps the differences of an exchange, and what was noted.</summary>
    public void Record(FirstLook look, Settlement settlement) =>
        Record(look.Exchange, look.Comparison, look.NewStatus, look.NewBuild, settlement);

    /// <summary>Keeps what was noted of an exchange whose answers are equal.</summary>
    public void Record(ShadowExchange exchange, Comparison equal, string newBuild) =>
        Record(exchange, equal, exchange.Legacy.Status, newBuild, new Settlement(Outcome.Equal, SettlementReason.FirstLook));

    private void Record(ShadowExchange exchange, Comparison comparison, int newStatus, string newBuild, Settlement settlement)
    {
        if (comparison.Differences.Count == 0 && comparison.Notes.Count == 0) return;
        var path = exchange.Path.Value ?? "";
        var body = exchange.Body.IsEmpty ? "" : tokens.Token(exchange.Body.Span);
        var (pathToken, requestToken) = (tokens.Token(path), tokens.Token($"{path}{exchange.Query} {body}"));
        var principal = exchange.Headers.Cookie is { } cookie ? tokens.Token(cookie) : "";
        var fingerprints = groups.Add(comparison.Differences.Concat(comparison.Notes).Select(difference => new DifferenceRecord(
            exchange.Id,
            exchange.Started,
            exchange.Capability,
            exchange.Operation,
            pathToken,
            exchange.Plan,
            exchange.Legacy.Status,
            newStatus,
            settlement,
            difference)
        {
            RequestToken = requestToken,
            PrincipalToken = principal,
            Build = newBuild,
            Size = exchange.Legacy.Body.Length,
        }));
        shelf.Put(exchange, fingerprints);
    }
}
