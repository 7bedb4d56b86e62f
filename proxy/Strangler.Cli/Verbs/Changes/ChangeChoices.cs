using Strangler.Cli.Output;

namespace Strangler.Cli.Verbs.Changes;

/// <summary>How a change was asked for.</summary>
/// <param name="DryRun">Only say what would change.</param>
/// <param name="Reason">Why; null to ask.</param>
/// <param name="Yes">Do not ask whether to go on.</param>
/// <param name="Plan">The only plan under which the change is wanted; null for the one that is in force when the command looks.</param>
internal sealed record ChangeChoices(bool DryRun, string? Reason, bool Yes, long? Plan)
{
    /// <summary>Insists on what nobody is there to be asked for.</summary>
    /// <param name="terminal">Whether there is somebody to ask.</param>
    /// <param name="asks">Whether the verb asks before it acts; one for emergencies does not.</param>
    /// <exception cref="CliException">Something is missing, or the reason is empty.</exception>
    public void Require(Terminal terminal, bool asks)
    {
        if (Reason is not null && string.IsNullOrWhiteSpace(Reason))
        {
            throw new CliException(ExitCode.Usage, "--reason is empty; say why, others will read it.");
        }

        if (terminal.CanAsk || DryRun)
        {
            return;
        }

        string[] missing = [.. Reason is null ? ["--reason TEXT"] : (string[])[], .. asks && !Yes ? ["--yes"] : (string[])[]];
        if (missing.Length > 0)
        {
            throw new CliException(
                ExitCode.Usage,
                $"There is no terminal to ask on: add {string.Join(" and ", missing)}, or --dry-run to see what would change.");
        }
    }
}
