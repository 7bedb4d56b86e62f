namespace Strangler.Core.Admin;

/// <summary>Answer of a change of one capability; of its preview, too, when <c>dryRun=true</c> was asked for.</summary>
/// <param name="Plan">Number of the plan that is in force now: the new one, or the present one for a preview.</param>
/// <param name="InFlight">Requests that were decided under an older plan and are still on the new side; 0 for a preview.</param>
/// <param name="Capability">The capability as it is after the change, or would be.</param>
/// <param name="Changes">What changes, one sentence each, such as <c>stage legacy -> shadow</c>; empty when nothing would.</param>
public sealed record ChangeAnswer(long Plan, long InFlight, CapabilityStatus Capability, IReadOnlyList<string> Changes);
