namespace Strangler.Proxy.Shadow;

/// <summary>One stream as the adapters report it, one per capability.</summary>
/// <param name="Name">Name of the capability.</param>
/// <param name="State"><c>filling</c>, <c>following</c> or <c>stopped</c>.</param>
/// <param name="Watermark">By the adapters' clock: everything committed before is applied; null while that cannot be said.</param>
/// <param name="LagSeconds">How far the new store is behind, in seconds; null when unknown.</param>
internal sealed record AdapterStream(string Name, string State, DateTimeOffset? Watermark, double? LagSeconds);
