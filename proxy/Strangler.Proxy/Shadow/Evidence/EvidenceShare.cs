using Strangler.Core.Evidence;

namespace Strangler.Proxy.Shadow.Evidence;

/// <summary>What one edge has seen of a capability under one key, for the others.</summary>
/// <param name="Key">What it holds for.</param>
/// <param name="LastCounted">When the last request was counted, to the second: the key of the latest is the one in force.</param>
/// <param name="Evidence">What was seen.</param>
internal sealed record EvidenceShare(EvidenceKey Key, DateTimeOffset LastCounted, MismatchEvidence Evidence);
