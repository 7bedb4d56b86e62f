namespace Strangler.Core.Model;

/// <summary>One method and path of a capability.</summary>
/// <param name="Method">Upper-case HTTP method. GET answers HEAD too.</param>
/// <param name="Pattern">The path at the edge, the monolith's own.</param>
/// <param name="NewPattern">The path at the new side; its parameters are those of <paramref name="Pattern"/>.</param>
/// <param name="Semantics">What repeating it does.</param>
public sealed record OperationRules(string Method, PathTemplate Pattern, PathTemplate NewPattern, Semantics Semantics)
{
    /// <summary>Method and path, as people write it: <c>GET /api/products/{sku}</c>. Unique in a rule set.</summary>
    public string Id { get; } = $"{Method} {Pattern}";

    /// <summary>
    /// True when its requests are GraphQL: those that hold nothing but a query are copied, whatever <see cref="Semantics"/> says of the rest. Where they
    /// are routed stays with the semantics.
    /// </summary>
    public bool IsGraphql { get; init; }

    /// <summary>
    /// True when the new service writes into the monolith's own store: its requests move with the reads, although legacy owns the data. Only where it is
    /// not <see cref="Semantics.Safe"/>.
    /// </summary>
    public bool DataOnLegacy { get; init; }

    /// <summary>How old the last good answer may be that is served when nobody can answer; null, the default, for never. Only for a safe GET.</summary>
    public TimeSpan? Stale { get; init; }

    /// <summary>Other capabilities whose data it changes in the monolith; only where it is not <see cref="Semantics.Safe"/>.</summary>
    public IReadOnlyList<string> Affects { get; init; } = [];
}
