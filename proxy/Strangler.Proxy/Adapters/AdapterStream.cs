namespace Strangler.Proxy.Adapters;

/// <summary>What the edge needs to know of one stream, of all that <see cref="Core.Adapters.StreamReport"/> says; there is one per capability.</summary>
/// <param name="Name">Name of the capability.</param>
/// <param name="Watermark">By the adapters' clock: everything committed before is applied; null while that cannot be said.</param>
/// <param name="LagSeconds">How far the new store is behind, in seconds; null when unknown.</param>
internal sealed record AdapterStream(string Name, DateTimeOffset? Watermark, double? LagSeconds);
