namespace Strangler.Sync.Status;

/// <summary>The status of a stream on the wire.</summary>
/// <param name="Name">The stream.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Watermark">Everything committed before this time has been applied; null while the target is not complete.</param>
/// <param name="LagSeconds">How old the watermark is, in seconds; null without one.</param>
/// <param name="Filled">Aggregates brought over by the fill.</param>
/// <param name="ToFill">About how many it has to bring over.</param>
/// <param name="Applied">Aggregates written or deleted since the process started.</param>
/// <param name="Error">Why it is stopped; null when it is not.</param>
internal sealed record StreamReport(
    string Name, StreamState State, DateTime? Watermark, double? LagSeconds, long Filled, long ToFill, long Applied, string? Error);
