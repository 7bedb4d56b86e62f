using Strangler.Sync.Applying;

namespace Strangler.Sync.Streams;

/// <summary>Gives the aggregates of <c>sync.dirty</c> that are due to their lanes: journaled, failed, or marked by hand.</summary>
internal sealed class BacklogWorker(StreamContext stream, StreamInbox inbox)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs until cancelled; ends only by an exception.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var page = stream.Runtime.Options.MaxKeysPerBatch;
            var due = await stream.Target.Ledger.DueAsync(page, cancellation);
            if (due.Count > 0)
            {
                await KeyWork.GiveAsync(due, hasStamps: true, inbox.Lanes).WaitAsync(cancellation);
            }

            stream.Status.Waiting(await stream.Target.Ledger.BacklogAsync(cancellation));
            if (due.Count < page)
            {
                await Task.Delay(LookEvery, stream.Runtime.Clock, cancellation);
            }
        }
    }
}
