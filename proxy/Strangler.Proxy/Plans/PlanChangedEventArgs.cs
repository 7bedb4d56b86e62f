using Strangler.Core.Routing;

namespace Strangler.Proxy.Plans;

/// <summary>A new plan is in force.</summary>
public sealed class PlanChangedEventArgs(Plan previous, Plan current) : EventArgs
{
    private readonly List<Task> _followUps = [];

    /// <summary>The plan that was in force before.</summary>
    public Plan Previous => previous;

    /// <summary>The plan in force.</summary>
    public Plan Current => current;

    /// <summary>Asks whoever made the change not to call it done before this is.</summary>
    /// <param name="followUp">What follows from the change; its failure is told to whoever made the change.</param>
    public void WaitFor(Task followUp) => _followUps.Add(followUp);

    internal Task FollowUps => _followUps.Count == 0 ? Task.CompletedTask : Task.WhenAll(_followUps);
}
