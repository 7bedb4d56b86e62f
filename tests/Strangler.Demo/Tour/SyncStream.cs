namespace Strangler.Demo.Tour;

/// <summary>One stream of the adapters.</summary>
/// <param name="Name">The capability.</param>
/// <param name="State">filling, following or stopped.</param>
/// <param name="Watermark">All that the source committed before this time is in the other store; null before it is known.</param>
/// <param name="Filled">How many aggregates the first copy has brought.</param>
/// <param name="ToFill">How many it has to bring.</param>
/// <param name="Applied">How many changes have been brought since.</param>
internal sealed record SyncStream(string Name, string State, DateTimeOffset? Watermark, long Filled, long ToFill, long Applied);
