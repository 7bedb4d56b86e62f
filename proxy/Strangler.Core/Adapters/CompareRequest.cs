namespace Strangler.Core.Adapters;

/// <summary>Asks for a comparison of both stores.</summary>
/// <param name="Full">Also compares ranges in which nothing has changed since the last comparison.</param>
/// <param name="Exact">Compares both stores at one instant, for a sign-off.</param>
/// <param name="Actor">Who asks.</param>
public sealed record CompareRequest(bool Full = false, bool Exact = false, string? Actor = null);
