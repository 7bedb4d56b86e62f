namespace Strangler.Proxy.Plans;

/// <summary>How an edge and its control store get along.</summary>
/// <param name="Store">The store: <c>file</c> or <c>postgres</c>.</param>
/// <param name="Edge">Name of this edge.</param>
/// <param name="StaleSince">Since when the store could not be read, by the edge's clock; null when it can.</param>
/// <param name="Error">Why not, in a sentence.</param>
/// <param name="Refused">Why a newer plan is not used, in a sentence; null when there is none.</param>
/// <param name="Overrides">Capabilities that this edge holds on legacy by itself, until the store knows.</param>
public sealed record StoreHealth(string Store, string Edge, DateTimeOffset? StaleSince, string? Error, string? Refused, IReadOnlyList<string> Overrides)
{
    /// <summary>True when the edge goes on with the last plan it got.</summary>
    public bool IsStale => StaleSince is not null;
}
