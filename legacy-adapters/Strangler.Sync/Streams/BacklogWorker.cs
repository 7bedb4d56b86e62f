namespace Strangler.Sync.Streams;

/// <summary>
/// Sees to the aggregates of <c>sync.dirty</c> that are due: gives them to their lanes; but those that have failed are tried together, in one
/// transaction, as two may have exchanged a unique value, or one may be what another refers to.
/// </summary>
/// <param name="stream">The stream.</param>
/// <param name="inbox">Its lanes.</param>
/// <param name="applyTogetherAsync">Applies aggregates of any lane in one transaction.</param>
internal sealed class BacklogWorker(StreamContext stream, StreamInbox inbox, Func<KeyWork, CancellationToken, Task> applyTogetherAsync)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs until cancelled; ends only by an exception.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var page = stream.Runtime.Options.MaxKeysPerBatch;
            var due = await stream.Target.Ledger.DueAsync(page, cancellation);
            var failed = due.Where(pair => stream.Failing.Contains(pair.Key)).ToDictionary();
            if (failed.Count > 0)
            {
                await applyTogetherAsync(new KeyWork(failed, hasStamps: true), cancellation);
            }

            if (due.Count > failed.Count)
            {
                await KeyWork.GiveAsync(due.Where(pair => !failed.ContainsKey(pair.Key)).ToDictionary(), hasStamps: true, inbox.Lanes).WaitAsync(cancellation);
            }

            stream.Status.Waiting(await stream.Target.Ledger.BacklogAsync(cancellation));
            if (due.Count < page)
            {
                await Task.Delay(LookEvery, stream.Runtime.Clock, cancellation);
            }
        }
    }
}
