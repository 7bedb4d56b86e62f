using Strangler.Proxy.Shadow.Evidence;

namespace Strangler.Proxy.Shadow.Sharing;

/// <summary>What another edge has seen, as it stands in the store.</summary>
/// <param name="Writer">The edge, from its start to its end.</param>
/// <param name="Document">What it has seen.</param>
/// <param name="CountedAt">When it was written, by the store's clock.</param>
internal sealed record StoredEvidence(Guid Writer, EvidenceDocument Document, DateTime CountedAt);
