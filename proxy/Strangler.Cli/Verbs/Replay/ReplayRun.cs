using Strangler.Cli.Output;
using Strangler.Core.Compare;

namespace Strangler.Cli.Verbs.Replay;

/// <summary>Sends the requests of a recording to both sides, a part at a time, and compares the answers.</summary>
/// <param name="session">The run of the verb.</param>
/// <param name="recording">The recording.</param>
/// <param name="route">Finds where a request goes.</param>
/// <param name="asker">Asks the sides.</param>
/// <param name="pace">How fast.</param>
internal sealed class ReplayRun(Session session, Recording recording, ReplayRoute route, SideAsker asker, ReplayPace pace)
{
    // After each part the state is kept, so that at most so many requests are sent twice.
    private const int Part = 64;

    private readonly MapPaths _maps = new();

    /// <summary>Runs to the end of the recording, or until it is stopped.</summary>
    /// <param name="start">Where it goes on.</param>
    /// <param name="keep">Keeps a state.</param>
    /// <param name="stop">Stops it after the requests that are under way.</param>
    /// <returns>The last state; it is at the end when all requests are done with.</returns>
    public async Task<ReplayState> RunAsync(ReplayState start, Action<ReplayState> keep, CancellationToken stop)
    {
        var tally = new ReplayTally(start);
        var comparer = new Comparer(new ValueTokens(start.Key));
        var progress = new ProgressLine(session.Terminal, "replay");
        var begun = session.Time.GetTimestamp();
        var state = start;
        try
        {
            while (state.Done < recording.Requests.Count && !stop.IsCancellationRequested)
            {
                var part = recording.Requests.Skip(state.Done).Take(Part).ToList();
                var options = new ParallelOptions { MaxDegreeOfParallelism = pace.Concurrency, CancellationToken = stop };
                await Parallel.ForEachAsync(part, options, (request, cancel) => OneAsync(request, tally, comparer, cancel));
                state = tally.State(state.Done + part.Count);
                keep(state);
                var perRequest = session.Time.GetElapsedTime(begun) / (state.Done - start.Done);
                progress.Show(state.Done, recording.Requests.Count, (perRequest * (recording.Requests.Count - state.Done)).TotalSeconds);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The part that was under way is sent again by the run that goes on from here, so its counts are not kept.
        }
        finally
        {
            progress.Clear();
        }

        return state;
    }

    private async ValueTask OneAsync(RecordedRequest request, ReplayTally tally, Comparer comparer, CancellationToken cancel)
    {
        if (route.Find(request, out var skipped) is not { } step)
        {
            tally.Skip(skipped!);
            return;
        }

        await pace.WaitAsync(cancel);
        var legacy = await asker.AskAsync(request, step.Legacy, cancel);
        if (legacy.Answer is not { } first)
        {
            tally.Skip($"legacy-{legacy.Failure}");
            return;
        }

        var (answer, failure) = await asker.AskAsync(request, step.New, cancel);
        var comparison = answer is null ? Comparer.CompareWithFailure(first, failure) : Compare(comparer, first, answer, step);
        if (comparison.IsEqual)
        {
            tally.CountEqual();
            return;
        }

        // Only now: what legacy itself cannot repeat says nothing of the new side.
        var (again, _) = await asker.AskAsync(request, step.Legacy, cancel);
        var noise = again is null ? [] : Compare(comparer, first, again, step).Differences.Select(Field).ToHashSet();
        var differences = comparison.Differences.Where(difference => !noise.Contains(Field(difference))).ToList();
        if (again is null || differences.Count == 0) tally.CountUndetermined();
        else tally.CountDifferent(step.Operation, first.Status, answer?.Status ?? 0, differences);
    }

    private Comparison Compare(Comparer comparer, Answer legacy, Answer @new, ReplayStep step) =>
        _maps.Fold(step.Operation, comparer.Compare(legacy, @new, step.Rules, DateOnly.FromDateTime(session.Time.GetUtcNow().UtcDateTime)));

    private static (DifferenceKind Kind, string Path) Field(Difference difference) => (difference.Kind, difference.Path);
}
