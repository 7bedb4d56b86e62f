using Spectre.Console;
using Spectre.Console.Rendering;
using Strangler.Cli.Output;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Status;

/// <summary>Shows the status again and again: in place on a terminal, one after the other elsewhere.</summary>
/// <param name="session">The run.</param>
/// <param name="only">Name of the only capability wanted; null for all.</param>
internal sealed class StatusWatch(Session session, string? only)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

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
                    RepeatAsync(first, (answer, trouble) => live.UpdateTarget(Picture(answer, trouble)), cancellation));
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

    private async Task RepeatAsync(
        CapabilitiesAnswer last,
        Action<CapabilitiesAnswer, string?> show,
        CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(Interval, session.Time, cancellation);
            string? trouble = null;
            try
            {
                last = await StatusVerb.ReadAsync(session, only, cancellation);
            }
            catch (CliException failure)
            {
                // An edge that restarts is what one watches for; the last picture stays, and says that it is old.
                trouble = failure.Message;
            }

            show(last, trouble);
        }
    }

    private void Append(CapabilitiesAnswer answer, string? trouble)
    {
        if (trouble is not null)
        {
            session.Tell($"STALE: {trouble}");
        }
        else if (session.Format is OutputFormat.Json)
        {
            JsonOutput.Write(session.Terminal.Out, StatusReport.Document(answer), StatusReport.NextSteps(answer), indented: false);
        }
        else
        {
            session.Terminal.Write(Picture(answer, null));
            session.Terminal.Out.WriteLine();
        }

        session.Terminal.Out.Flush();
    }

    private Rows Picture(CapabilitiesAnswer answer, string? trouble)
    {
        IRenderable state = trouble is null ? Text.Empty : new Text($"STALE: {Words.Safe(trouble)}", Color.Red);
        return new Rows(
            StatusReport.Picture(answer, session.Time.GetUtcNow()),
            Tables.Next(StatusReport.NextSteps(answer)),
            state);
    }
}
