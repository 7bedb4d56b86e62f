namespace Strangler.Core.Adapters;

/// <summary>Asks to bring everything over once more. What is equal already is not written again.</summary>
/// <param name="Entity">The kind of aggregate; null for all kinds of the stream.</param>
/// <param name="Actor">Who asks.</param>
/// <param name="Reason">Why; needed.</param>
public sealed record BackfillRequest(string? Entity = null, string? Actor = null, string? Reason = null);
