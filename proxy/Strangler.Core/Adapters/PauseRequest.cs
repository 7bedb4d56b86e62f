namespace Strangler.Core.Adapters;

/// <summary>Asks to pause or to resume a source.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="Reason">Why; needed.</param>
public sealed record PauseRequest(string? Actor = null, string? Reason = null);
