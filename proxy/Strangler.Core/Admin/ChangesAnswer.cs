namespace Strangler.Core.Admin;

/// <summary>Answer of <c>POST /admin/v1/changes</c>; of its dry run, too.</summary>
/// <param name="Plan">Number of the plan that is in force now: the new one, or the present one for a dry run.</param>
/// <param name="InFlight">Requests that were decided under an older plan and are still on the new side; 0 for a dry run.</param>
/// <param name="Capabilities">The capabilities that were named, as they are after the change, or would be.</param>
/// <param name="Changes">What changes, one sentence each; empty when nothing does.</param>
public sealed record ChangesAnswer(
    long Plan, long InFlight, IReadOnlyList<CapabilityStatus> Capabilities, IReadOnlyList<string> Changes);
