namespace Strangler.Core.Adapters;

/// <summary>Which aggregates are meant.</summary>
/// <param name="Entity">The kind of aggregate; null for all kinds.</param>
/// <param name="Key">The key in the source; null for all keys.</param>
/// <param name="Actor">Who asks.</param>
/// <param name="Reason">Why.</param>
public sealed record KeysRequest(string? Entity = null, string? Key = null, string? Actor = null, string? Reason = null);
