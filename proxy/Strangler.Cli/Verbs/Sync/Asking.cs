using Strangler.Cli.Verbs.Changes;

namespace Strangler.Cli.Verbs.Sync;

/// <summary>Asks whether to go on, and why.</summary>
internal static class Asking
{
    /// <summary>The reason; null when it is not wanted after all.</summary>
    /// <param name="session">The run.</param>
    /// <param name="choices">How the change was asked for.</param>
    /// <param name="question">What is going to be done.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<string?> AgreeAsync(Session session, ChangeChoices choices, string question, CancellationToken cancellation)
    {
        if (!choices.Yes && await AskAsync(session, $"{question} Go on? [y/N] ", cancellation) is not ("y" or "Y" or "yes"))
        {
            session.Tell("Nothing was changed.");
            return null;
        }

        var reason = choices.Reason ?? await AskAsync(session, "Reason: ", cancellation);
        if (string.IsNullOrWhiteSpace(reason))
        {
            session.Tell("Nothing was changed: a change needs a reason.");
            return null;
        }

        return reason;
    }

    private static async Task<string?> AskAsync(Session session, string question, CancellationToken cancellation)
    {
        await session.Terminal.Error.WriteAsync(question);
        await session.Terminal.Error.FlushAsync(cancellation);
        // A console cannot be read with cancellation; Ctrl-C must end the command all the same.
        var line = await Task.Run(session.Terminal.In.ReadLine, CancellationToken.None).WaitAsync(cancellation);
        return line?.Trim();
    }
}
