using Shouldly;
using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>One session of a change feed, and what it has handed over.</summary>
internal sealed class FeedSession : ITransactionSink, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<SourceTransaction> _transactions = [];
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private Task _reading = Task.CompletedTask;
    private bool _open;
    private bool _ended;

    private FeedSession(IChangeFeed feed) => Feed = feed;

    /// <summary>The feed.</summary>
    public IChangeFeed Feed { get; }

    /// <summary>Which source it was when the session began.</summary>
    public SourceIdentity? Identity { get; private set; }

    /// <summary>What has been handed over.</summary>
    public IReadOnlyList<SourceTransaction> Transactions
    {
        get
        {
            lock (_gate)
            {
                return [.. _transactions];
            }
        }
    }

    /// <summary>The keys of products that have been handed over, in order, as often as they were.</summary>
    public IReadOnlyList<string> Keys => [.. Transactions.SelectMany(transaction => transaction.Changes.Keys.Where(key => key.Entity == "product").Select(key => key.Key))];

    /// <summary>The kinds of aggregates of which all may have changed.</summary>
    public IReadOnlyCollection<string> Stale => [.. Transactions.SelectMany(transaction => transaction.Stale)];

    /// <summary>Opens one and begins to read, as the engine does.</summary>
    public static async Task<FeedSession> OpenAsync(IChangeFeed feed)
    {
        var session = new FeedSession(feed);
        session.Identity = await feed.IdentifyAsync(session._stop.Token);
        if (await feed.SlotAsync(session._stop.Token) is not { Lost: false })
        {
            await feed.RecreateSlotAsync(session._stop.Token);
        }

        session._reading = feed.ReadAsync(session, session._stop.Token);
        return session;
    }

    /// <summary>Returns when everything that is committed by now has been handed over.</summary>
    public async Task CatchUpAsync()
    {
        var position = await Feed.PositionAsync(_stop.Token);
        await Eventually.TrueAsync($"received up to {position}", async () =>
        {
            if (_reading.IsFaulted)
            {
                await _reading;
            }

            await Feed.NudgeAsync(_stop.Token);
            return Feed.Received >= position && !_open;
        });
    }

    /// <inheritdoc/>
    public void Begin()
    {
        _open.ShouldBeFalse("transactions come one after another");
        _open = true;
    }

    /// <inheritdoc/>
    public void Described(TableName table)
    {
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(SourceTransaction transaction, CancellationToken cancellation)
    {
        lock (_gate)
        {
            _transactions.Add(transaction);
        }

        _open = !transaction.IsLast;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        await _stop.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Feed.DisposeAsync();
        _stop.Dispose();
    }
}
