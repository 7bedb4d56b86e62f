using Strangler.Proxy.Shadow.Evidence;
using Strangler.Proxy.Shadow.Triage;

namespace Strangler.Proxy.Shadow.Sharing;

/// <summary>What an edge brings to the shared store in one transaction.</summary>
/// <param name="Number">1, 2, 3 and so on for each writer, so that a batch whose answer was lost is never counted twice.</param>
/// <param name="Evidence">What the edge has seen, in the place of what it had brought before.</param>
/// <param name="Groups">What comes on top of the groups.</param>
internal sealed record SharedBatch(long Number, IReadOnlyList<EvidenceDocument> Evidence, IReadOnlyList<GroupRecord> Groups)
{
    public bool IsEmpty => Evidence.Count == 0 && Groups.Count == 0;
}
