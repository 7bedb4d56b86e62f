using Microsoft.AspNetCore.Http;
using Strangler.Core.Compare;
using Strangler.Proxy.Shadow.DryRuns;

namespace Strangler.Proxy.Shadow;

/// <summary>
/// What is known of a request that legacy has answered: an immutable snapshot. Nothing of the primary's HttpContext is referenced, so
/// nothing that happens to an exchange can reach another request.
/// </summary>
/// <param name="Id">Names the exchange in records.</param>
/// <param name="Capability">Name of the capability.</param>
/// <param name="Operation">Id of the operation, method and pattern.</param>
/// <param name="Plan">Number of the plan that decided.</param>
/// <param name="Method">The method of the request.</param>
/// <param name="Path">The path as the client sent it, unescaped.</param>
/// <param name="NewPath">The path at the new side, unescaped.</param>
/// <param name="Query">The query with its question mark; empty for none.</param>
/// <param name="Headers">The headers that a copy carries.</param>
/// <param name="Started">When the request was sent to legacy, by the edge's clock.</param>
/// <param name="Ended">When legacy's answer was complete: it saw no data that was committed later.</param>
/// <param name="Legacy">Legacy's answer, as sent.</param>
/// <param name="LegacyEncoding">Legacy's Content-Encoding; null for none.</param>
/// <param name="LegacyBuild">Legacy's build, if the rules name a header for it; empty when it is not known.</param>
internal sealed record ShadowExchange(
    string Id,
    string Capability,
    string Operation,
    long Plan,
    string Method,
    PathString Path,
    PathString NewPath,
    QueryString Query,
    CopiedHeaders Headers,
    DateTimeOffset Started,
    DateTimeOffset Ended,
    Answer Legacy,
    string? LegacyEncoding,
    string LegacyBuild)
{
    // Roughly what the snapshot holds besides the body.
    private const int Overhead = 2048;

    /// <summary>What it is.</summary>
    public ExchangeKind Kind { get; init; }

    /// <summary>The body of the request, as sent.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The bytes that it takes from the budget until it is finished.</summary>
    public long Cost => Legacy.Body.Length + Body.Length + Overhead;

    /// <summary>Compares an answer, given by either side at a later time, with legacy's. What the new side says of a dry run is no difference.</summary>
    public Comparison Compare(Comparer comparer, Answer later, CompareRules rules, DateTimeOffset answered) => comparer.Compare(
        Legacy,
        Kind == ExchangeKind.DryRun ? later with { Headers = [.. later.Headers.Where(header => !IsOfDryRuns(header))] } : later,
        rules,
        DateOnly.FromDateTime(answered.UtcDateTime),
        answered - Ended);

    private static bool IsOfDryRuns(KeyValuePair<string, string> header) => header.Key.Equals(DryRunContract.ResultHeader, StringComparison.OrdinalIgnoreCase);
}
