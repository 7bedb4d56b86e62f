using Strangler.Cli.Api;
using Strangler.Cli.Output;
using Strangler.Core.Adapters;

namespace Strangler.Cli.Verbs.Sync;

/// <summary>Runs a comparison or a repair of the adapters to its end; Ctrl-C stops it there too.</summary>
/// <param name="session">The run.</param>
/// <param name="adapters">The adapters.</param>
/// <param name="stream">The stream.</param>
internal sealed class CompareFlow(Session session, AdaptersClient adapters, string stream)
{
    private const string Running = "running";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(3);

    /// <summary>Compares.</summary>
    /// <exception cref="CliException">It was refused, or it failed.</exception>
    public Task<CompareRun> CompareAsync(CompareRequest request, CancellationToken cancellation)
    {
        var progress = new ProgressLine(session.Terminal, $"compare {stream}");
        return ToEndAsync(
            token => adapters.StartCompareAsync(stream, request, token),
            (run, token) => adapters.GetCompareAsync(stream, run.Id, token),
            run => (run.State, run.Error),
            run => progress.Show(run.Done, run.Total, run.SecondsLeft),
            progress.Clear,
            cancellation);
    }

    /// <summary>Repairs.</summary>
    /// <exception cref="CliException">It was refused, or it failed.</exception>
    public Task<RepairRun> RepairAsync(RepairRequest request, CancellationToken cancellation)
    {
        var progress = new ProgressLine(session.Terminal, $"repair {stream}");
        return ToEndAsync(
            token => adapters.StartRepairAsync(stream, request, token),
            (run, token) => adapters.GetRepairAsync(stream, run.Id, token),
            run => (run.State, run.Error),
            run => progress.Show(run.Repaired, run.Keys, secondsLeft: null),
            progress.Clear,
            cancellation);
    }

    private async Task<T> ToEndAsync<T>(
        Func<CancellationToken, Task<T>> start,
        Func<T, CancellationToken, Task<T>> look,
        Func<T, (string State, string? Error)> state,
        Action<T> show,
        Action clear,
        CancellationToken cancellation)
    {
        var run = await start(cancellation);
        try
        {
            while (state(run).State == Running)
            {
                show(run);
                await Task.Delay(Poll, session.Time, cancellation);
                run = await look(run, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            using var patience = new CancellationTokenSource(StopPatience, session.Time);
            await adapters.StopAsync(stream, patience.Token);
            throw;
        }
        finally
        {
            clear();
        }

        return state(run) switch
        {
            ("failed", var error) => throw new CliException(ExitCode.Failed, $"It failed: {error}"),
            ("stopped", _) => throw new CliException(ExitCode.Failed, "Somebody stopped it before its end."),
            _ => run,
        };
    }
}
