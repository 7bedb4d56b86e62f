namespace Strangler.Core.Adapters;

/// <summary>What an installation would do to one store.</summary>
/// <param name="Name">Its name in the adapters' configuration.</param>
/// <param name="Side"><c>source</c> or <c>target</c>.</param>
/// <param name="Streams">The streams that it feeds, or that write to it.</param>
/// <param name="Role">The role that has looked at it: its owner if the adapters know it, else their own.</param>
/// <param name="Statements">The SQL that would be run, in order; empty when all is in place, or something is refused.</param>
/// <param name="Warnings">What is dangerous, but not refused.</param>
/// <param name="Refusals">Why nothing would be done; each says what to do.</param>
/// <param name="Notes">What else one should know.</param>
public sealed record StorePreview(
    string Name,
    string Side,
    IReadOnlyList<string> Streams,
    string Role,
    IReadOnlyList<string> Statements,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Refusals,
    IReadOnlyList<string> Notes);
