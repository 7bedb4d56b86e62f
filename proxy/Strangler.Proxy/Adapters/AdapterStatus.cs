namespace Strangler.Proxy.Adapters;

/// <summary>The answer of the adapters' <c>/v1/watermark</c>.</summary>
/// <param name="Now">The adapters' clock.</param>
/// <param name="Streams">Their streams.</param>
internal sealed record AdapterStatus(DateTimeOffset Now, IReadOnlyList<AdapterStream> Streams);
