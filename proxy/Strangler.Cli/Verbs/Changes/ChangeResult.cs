using System.Text.Json.Nodes;
using Strangler.Cli.Output;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Changes;

/// <summary>What the edge said to a change or to its preview, whichever verb it was.</summary>
/// <param name="Plan">Plan in force now.</param>
/// <param name="Changes">What changes, one sentence each.</param>
/// <param name="Document">The whole answer for programs.</param>
/// <param name="NextSteps">Commands that make sense after the change.</param>
/// <param name="InFlight">Requests decided earlier that are still on the new side.</param>
/// <param name="Secret">What is shown this once and goes to standard output alone; null for nothing.</param>
internal sealed record ChangeResult(
    long Plan,
    IReadOnlyList<string> Changes,
    JsonObject Document,
    IReadOnlyList<string> NextSteps,
    long InFlight = 0,
    string? Secret = null)
{
    /// <summary>From the change of one capability.</summary>
    /// <param name="answer">What the edge said.</param>
    public static ChangeResult From(ChangeAnswer answer) => new(
        answer.Plan,
        answer.Changes,
        JsonOutput.From(answer, AdminJson.Default.ChangeAnswer),
        [$"strangler status {answer.Capability.Name} --watch"],
        answer.InFlight);

    /// <summary>From the change of several capabilities.</summary>
    /// <param name="answer">What the edge said.</param>
    public static ChangeResult From(ChangesAnswer answer) => new(
        answer.Plan,
        answer.Changes,
        JsonOutput.From(answer, AdminJson.Default.ChangesAnswer),
        ["strangler status --watch"],
        answer.InFlight);

    /// <summary>From reading the rules again.</summary>
    /// <param name="answer">What the edge said.</param>
    public static ChangeResult From(ApplyAnswer answer) => new(
        answer.Plan,
        answer.Changes,
        JsonOutput.From(answer, AdminJson.Default.ApplyAnswer),
        ["strangler status"]);
}
