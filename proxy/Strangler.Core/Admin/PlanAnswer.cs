namespace Strangler.Core.Admin;

/// <summary>Answer of <c>GET /admin/v1/plans/{number}</c>: a kept plan, without its tokens and without the names of units.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Checksum">SHA-256 of the document as it is kept.</param>
/// <param name="InForce">Whether it is the plan in force.</param>
/// <param name="Rules">The rules files.</param>
/// <param name="Capabilities">Where the capabilities that anybody has moved stood, by name.</param>
public sealed record PlanAnswer(
    long Number, string Checksum, bool InForce, IReadOnlyList<PlanFile> Rules, IReadOnlyList<PlanCapability> Capabilities);
