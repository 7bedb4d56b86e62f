namespace Strangler.Core.Adapters;

/// <summary>What the adapters say about themselves: the answer of <c>GET /v1/watermark</c>.</summary>
/// <param name="Now">The adapters' clock.</param>
/// <param name="Sources">The stores that they follow, one change feed each.</param>
/// <param name="Streams">One for each capability whose data they bring over.</param>
public sealed record AdaptersReport(DateTimeOffset Now, IReadOnlyList<SourceReport> Sources, IReadOnlyList<StreamReport> Streams);
