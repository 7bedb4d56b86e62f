namespace Strangler.ChaosAdapter;

/// <summary>A row of the source that is written once.</summary>
internal sealed record LegacyEvent(long Id, string Token);
