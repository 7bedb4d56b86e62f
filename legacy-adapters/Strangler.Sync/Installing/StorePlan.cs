namespace Strangler.Sync.Installing;

/// <summary>What an installation would do to one store.</summary>
/// <param name="Store">The name of its connection string.</param>
/// <param name="IsSource">Whether it is a source; else a target.</param>
/// <param name="Streams">The streams that it feeds, or that write to it.</param>
/// <param name="ConnectionString">How it is reached.</param>
/// <param name="Role">The role that has looked at it.</param>
/// <param name="Plan">What would be done.</param>
/// <param name="Notes">What else one should know.</param>
internal sealed record StorePlan(
    string Store, bool IsSource, IReadOnlyList<string> Streams, string ConnectionString, string Role, InstallPlan Plan, IReadOnlyList<string> Notes);
