using Strangler.Core.Compare;

namespace Strangler.Cli.Verbs.Replay;

/// <summary>All differences of a replay with one fingerprint.</summary>
/// <param name="Fingerprint">Name of the group, the same on an edge whose rules agree.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Kind">Kind of difference.</param>
/// <param name="Path">Where in the answer.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Legacy">What legacy had there, the last time; a token unless the rules show it.</param>
/// <param name="New">What the new side had there.</param>
/// <param name="Count">Requests that had it.</param>
/// <param name="Causes">What explains them, <see cref="CauseTally.ToText"/>.</param>
internal sealed record ReplayGroup(
    string Fingerprint, string Operation, string Kind, string Path, Severity Severity, string Legacy, string New, long Count, string Causes)
{
    /// <summary>What explains the differences, with how many of them; null when nothing does.</summary>
    public string? Cause() => CauseTally.TryParse(Causes, out var tally) ? tally.Sentence : null;
}
