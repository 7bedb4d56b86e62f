namespace Strangler.Core.Adapters;

/// <summary>A store that the adapters follow.</summary>
/// <param name="Name">Its name in the adapters' configuration.</param>
/// <param name="Leader">Whether this process follows it; false while another one does and this one waits.</param>
/// <param name="Position">How far its log has been read; null before the first session.</param>
/// <param name="RetainedBytes">Log that the source keeps for us; null when unknown.</param>
/// <param name="SafeWalBytes">Log that may still be written before the source throws away what we need; null without a limit.</param>
/// <param name="Error">Why it is not followed; null when it is.</param>
/// <param name="Paused">Who has paused it here, and why; null when nobody has.</param>
public sealed record SourceReport(
    string Name, bool Leader, string? Position, long? RetainedBytes, long? SafeWalBytes, string? Error, PausedSource? Paused = null);
