namespace Strangler.Core.Admin;

/// <summary>How the edge that answers and its control store get along.</summary>
/// <param name="Edge">Name of this edge.</param>
/// <param name="StaleSince">Since when the store could not be read; null when it can.</param>
/// <param name="Error">Why not; null when it can.</param>
/// <param name="Refused">Why a newer plan is not used; null when there is none.</param>
/// <param name="Overrides">Capabilities that this edge holds on legacy by itself, until the store knows.</param>
public sealed record EdgeHealth(string Edge, DateTimeOffset? StaleSince, string? Error, string? Refused, IReadOnlyList<string> Overrides);
