using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Status;

/// <summary>What <c>status</c> knows at one time.</summary>
/// <param name="Answer">The capabilities.</param>
/// <param name="Store">The control store and its edges; null when the edge could not say.</param>
internal sealed record StatusView(CapabilitiesAnswer Answer, EdgesAnswer? Store)
{
    /// <summary>Why the store could not be asked; null when it could, or the edge does not know the question.</summary>
    public string? StoreTrouble { get; init; }

    /// <summary>True when something wants to be looked at: a capability is killed, a breaker is not closed, an edge is behind, refuses a plan or overrides one.</summary>
    public bool NeedsAttention =>
        Answer.Capabilities.Any(capability => capability.Killed || IsOpen(capability.Sides.New) || IsOpen(capability.Sides.Legacy))
        || Store is null or { Health: { StaleSince: not null } or { Refused: not null } or { Overrides.Count: > 0 } }
        || Store.Edges.Any(edge => edge.Plan < Store.Plan || edge.Refused is not null || edge.Overrides.Count > 0);

    private static bool IsOpen(SideStatus side) => side.Breaker?.Sentence is not null;

    /// <summary>The same with one capability only.</summary>
    /// <param name="name">Its name; null for all.</param>
    /// <exception cref="CliException">There is no such capability.</exception>
    public StatusView Only(string? name)
    {
        if (name is null)
        {
            return this;
        }

        var found = Answer.Capabilities.Where(capability => string.Equals(capability.Name, name, StringComparison.Ordinal));
        return found.ToArray() is { Length: > 0 } one
            ? this with { Answer = Answer with { Capabilities = one } }
            : throw new CliException(
                ExitCode.Failed,
                $"There is no capability '{name}'. There are: {string.Join(", ", Answer.Capabilities.Select(each => each.Name))}.");
    }
}
