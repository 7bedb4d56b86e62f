namespace Strangler.Core.Admin;

/// <summary>Where a capability stood in a plan.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Stage">Its stage.</param>
/// <param name="Share">Percent of the units, 0 to 100.</param>
/// <param name="Everyone">Whether clients without identity were admitted.</param>
/// <param name="Held">Whether it was held.</param>
/// <param name="Killed">Whether it was killed.</param>
/// <param name="Include">Who was on the new side whatever the share was.</param>
/// <param name="Exclude">Who stayed on legacy whatever the share was.</param>
public sealed record PlanCapability(
    string Name, string Stage, double Share, bool Everyone, bool Held, bool Killed, ListStatus Include, ListStatus Exclude);
