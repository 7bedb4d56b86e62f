namespace Strangler.ChaosAdapter;

/// <summary>A row of the target's log; nothing there forbids that one comes twice.</summary>
internal sealed record EventRow(string Token);
