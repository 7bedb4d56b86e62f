namespace Strangler.Core.Model;

/// <summary>Where a capability stands: what operators change, kept in the control store.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Share">Percent of the units whose reads are on the new side in a canary stage, 0 to 100.</param>
/// <param name="Killed">True from a <c>kill</c> until the capability is rolled back to a stage: everything on legacy, no copies.</param>
public sealed record CapabilityState(Stage Stage, double Share, bool Killed)
{
    /// <summary>A capability that nobody has moved yet.</summary>
    public static readonly CapabilityState Initial = new(Stage.Legacy, 0, Killed: false);
}
