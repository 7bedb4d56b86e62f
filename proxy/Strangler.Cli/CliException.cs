using Strangler.Core.Admin;

namespace Strangler.Cli;

/// <summary>Ends the command: talking to the edge, or finding out how to, did not work.</summary>
/// <param name="code">Exit code of the process.</param>
/// <param name="message">One or two sentences for the operator: what happened and what to do.</param>
/// <param name="problem">What the edge said, when it was the edge that refused.</param>
internal sealed class CliException(ExitCode code, string message, AdminProblem? problem = null) : Exception(message)
{
    /// <summary>Exit code of the process.</summary>
    public ExitCode Code { get; } = code;

    /// <summary>Whether the edge may have done what it was asked for, although its answer did not arrive.</summary>
    public bool IsLostAnswer { get; init; }

    /// <summary>What the edge said; null when the command did not get that far.</summary>
    public AdminProblem? Problem { get; } = problem;
}
