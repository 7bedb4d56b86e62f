using Spectre.Console;
using Spectre.Console.Rendering;
using Strangler.Cli.Output;

namespace Strangler.Cli.Verbs.Status;

/// <summary>
/// Shows the status again and again: in place on a terminal, one after the other elsewhere. The edge tells what happens; one that cannot
/// is asked every two seconds.
/// </summary>
/// <param name="session">The run.</param>
/// <param name="only">Name of the only capability wanted; null for all.</param>
internal sealed class StatusWatch(Session session, string? only)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private bool _tells = true;

    /// <summary>Watches until cancelled; that is how a watch ends, so it ends well.</summary>
    /// <param name="cancellation">Ends the watch.</param>
    /// <exception cref="CliException">The edge cannot be asked even once.</exception>
    public async Task<ExitCode> RunAsync(CancellationToken cancellation)
    {
        var first = await StatusVerb.ReadAsync(session, only, cancellation);
        try
        {
            if (session.Format is OutputFormat.Table && session.Terminal.HasCursor)
            {
                await session.Terminal.CreateConsole().Live(Picture(first, null)).StartAsync(live =>
                    RepeatAsync(first, (view, trouble) => live.UpdateTarget(Picture(view, trouble)), cancellation));
            }
            else
            {
                Append(first, null);
                await RepeatAsync(first, Append, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Ok;
        }

        return ExitCode.Ok;
    }

    private async Task RepeatAsync(StatusView last, Action<StatusView, string?> show, CancellationToken cancellation)
    {
        while (true)
        {
            string? trouble = null;
            try
            {
                last = _tells ? await ListenAsync(last, show, cancellation) : await AskAsync(cancellation);
            }
            catch (CliException failure)
            {
                // An edge that restarts is what one watches for; the last picture stays, and says that it is old.
                trouble = failure.Message;
            }

            show(last, trouble);
            if (_tells)
            {
                await Task.Delay(Interval, session.Time, cancellation);
            }
        }
    }

    private async Task<StatusView> AskAsync(CancellationToken cancellation)
    {
        await Task.Delay(Interval, session.Time, cancellation);
        return await StatusVerb.ReadAsync(session, only, cancellation);
    }

    // At most one picture an interval, but a plan shows at once.
    private async Task<StatusView> ListenAsync(StatusView last, Action<StatusView, string?> show, CancellationToken cancellation)
    {
        if (await session.Edge.TryListenAsync(cancellation) is not { } events)
        {
            _tells = false;
            return await AskAsync(cancellation);
        }

        using (events)
        {
            var shown = session.Time.GetTimestamp();
            await foreach (var answer in events.ReadAsync(cancellation))
            {
                var isNew = answer.Plan != last.Answer.Plan;
                if (!isNew && session.Time.GetElapsedTime(shown) < Interval) continue;
                last = (await StatusVerb.WithStoreAsync(session, answer, cancellation)).Only(only);
                shown = session.Time.GetTimestamp();
                show(last, null);
            }
        }

        throw new CliException(ExitCode.Unreachable, "The edge has ended the connection; it is asked again.");
    }

    private void Append(StatusView view, string? trouble)
    {
        if (trouble is not null)
        {
            session.Tell($"STALE: {trouble}");
        }
        else if (session.Format is OutputFormat.Json)
        {
            JsonOutput.Write(session.Terminal.Out, StatusReport.Document(view), StatusReport.NextSteps(view), indented: false);
        }
        else
        {
            session.Terminal.Write(Picture(view, null));
            session.Terminal.Out.WriteLine();
        }

        session.Terminal.Out.Flush();
    }

    private Rows Picture(StatusView view, string? trouble)
    {
        IRenderable state = trouble is null ? Text.Empty : new Text($"STALE: {Words.Safe(trouble)}", Color.Red);
        return new Rows(
            StatusReport.Picture(view, session.Time.GetUtcNow()),
            Tables.Next(StatusReport.NextSteps(view)),
            state);
    }
}
