namespace Strangler.Sync.Fencing;

/// <summary>How the fence of a capability stands.</summary>
/// <param name="IsRaised">Whether the application's writes are refused.</param>
/// <param name="Epoch">The epoch that was used last; 0 before the first.</param>
internal sealed record FenceState(bool IsRaised, long Epoch);
