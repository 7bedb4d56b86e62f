using System.Threading.Channels;
using Dapper;
using Npgsql;
using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reading.Triggers;

/// <summary>
/// A change feed for sources that allow no logical replication: triggers note which aggregates change, and polls read the notes. A position
/// is the number of a poll, with the number of the session in the high half; each poll is handed over as one transaction, and shows all that
/// its snapshot does and the one before did not, whatever the order in which transactions ended.
/// </summary>
internal sealed class TriggerChangeFeed(
    NpgsqlDataSource source, string connectionString, IReadOnlyList<AggregateMapping> mappings, SyncOptions options, TimeProvider clock) : IChangeFeed
{
    private static readonly TimeSpan WatchEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LockPatience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestLockWait = TimeSpan.FromSeconds(1);

    private readonly Router _router = new(mappings);
    private readonly TriggerTables _tables = new(source, connectionString);
    private readonly TriggerWatch _watch = new(source, mappings, options);
    private readonly Dictionary<string, TableName> _names = mappings.SelectMany(mapping => mapping.Sources).Select(table => table.Name).Distinct().ToDictionary(name => $"{name}", StringComparer.Ordinal);
    private readonly Queue<(Lsn End, string Snapshot)> _unconfirmed = [];
    private readonly Lock _gate = new();
    private readonly Channel<bool> _nudges = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private TriggerSession? _session;
    private long _missed;
    private ulong _started;
    private ulong _received;

    /// <inheritdoc/>
    public bool IsLog => false;

    /// <inheritdoc/>
    public Lsn Received => new(Volatile.Read(ref _received));

    /// <inheritdoc/>
    public async Task<SourceIdentity> IdentifyAsync(CancellationToken cancellation) => (await OpenAsync(cancellation)).Identity;

    /// <inheritdoc/>
    public async Task<SlotState?> SlotAsync(CancellationToken cancellation)
    {
        var session = await OpenAsync(cancellation);
        await _watch.CheckAsync(cancellation);
        return session.Missed < 0 ? null : new SlotState(session.Confirmed, Lost: session.Missed != session.MissedNow, IsOurs: true);
    }

    /// <inheritdoc/>
    public async Task<Lsn> RecreateSlotAsync(CancellationToken cancellation)
    {
        var session = await OpenAsync(cancellation);
        var began = clock.GetTimestamp();
        for (var wait = TimeSpan.FromMilliseconds(20); ; wait = wait + wait < LongestLockWait ? wait + wait : LongestLockWait)
        {
            try
            {
                _missed = await _tables.EmptyAsync(session.Number, session.Start, cancellation);
                return session.Start;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable && clock.GetElapsedTime(began) < LockPatience)
            {
                await Task.Delay(wait, clock, cancellation);
            }
        }
    }

    /// <inheritdoc/>
    public async Task ReadAsync(ITransactionSink sink, CancellationToken cancellation)
    {
        await OpenAsync(cancellation);
        var seen = TriggerTables.NoSnapshot;
        var watched = clock.GetTimestamp();
        while (true)
        {
            seen = await PollAsync(sink, seen, cancellation);
            if (clock.GetElapsedTime(watched) > WatchEvery)
            {
                watched = clock.GetTimestamp();
                foreach (var table in await _watch.CheckAsync(cancellation))
                {
                    sink.Described(table);
                }
            }

            await RestAsync(cancellation);
        }
    }

    /// <inheritdoc/>
    public async Task AcknowledgeAsync(Lsn end, CancellationToken cancellation)
    {
        (Lsn End, string Snapshot)? last = null;
        lock (_gate)
        {
            while (_unconfirmed.TryPeek(out var poll) && poll.End <= end)
            {
                last = _unconfirmed.Dequeue();
            }
        }

        if (last is { } applied)
        {
            await _tables.ForgetAsync(_session!.Number, applied.End, applied.Snapshot, cancellation);
        }
    }

    /// <summary>The next poll: it begins after this, so it sees everything that has been committed by now.</summary>
    public async Task<Lsn> PositionAsync(CancellationToken cancellation) =>
        new((await OpenAsync(cancellation)).Start.Value + Volatile.Read(ref _started) + 1);

    /// <inheritdoc/>
    public async Task<Retention> RetentionAsync(CancellationToken cancellation)
    {
        await using var sql = await source.OpenConnectionAsync(cancellation);
        var size = await sql.ExecuteScalarAsync<long>(new CommandDefinition("select pg_table_size('strangler.change')", cancellationToken: cancellation));
        return new Retention(size, options.TriggerBytes - size) { IsLog = false };
    }

    /// <summary>Polls at once.</summary>
    public Task NudgeAsync(CancellationToken cancellation)
    {
        _nudges.Writer.TryWrite(true);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _tables.DisposeAsync();

    private async Task<string> PollAsync(ITransactionSink sink, string seen, CancellationToken cancellation)
    {
        var end = new Lsn(_session!.Start.Value + Interlocked.Increment(ref _started));
        // A transaction that the poll before did not see was still to end, or to begin.
        var after = (Xid: Invariant(SnapshotView.Parse(seen).Xmin), Id: -1L);
        string? now = null;
        var pages = 0;
        while (true)
        {
            var page = await _tables.PageAsync(after, seen, now, _missed, cancellation);
            now = page.Snapshot;
            if (page.Notes.Count == 0 && pages == 0)
            {
                break;
            }

            if (pages++ == 0)
            {
                sink.Begin();
            }

            var isLast = page.Notes.Count < TriggerTables.PageSize;
            await sink.CompleteAsync(Transaction(page.Notes, now, end, isLast), cancellation);
            if (isLast)
            {
                lock (_gate)
                {
                    _unconfirmed.Enqueue((end, now));
                }

                break;
            }

            after = (page.Notes[^1].Xid, page.Notes[^1].Id);
        }

        Volatile.Write(ref _received, end.Value);
        return now;
    }

    private SourceTransaction Transaction(IReadOnlyList<TriggerNote> notes, string snapshot, Lsn end, bool isLast)
    {
        var changes = new Dictionary<DirtyKey, Mapping.SourceRows?>();
        var stale = new HashSet<string>(StringComparer.Ordinal);
        foreach (var note in notes)
        {
            // A table or column that is mapped no longer is of no interest.
            foreach (var (mapping, table) in _names.TryGetValue(note.Table, out var name) ? _router.Of(name) : [])
            {
                if (note.Column is null)
                {
                    stale.Add(mapping.Entity);
                }
                else if (note.Column == table.RoutingColumn)
                {
                    foreach (var key in note.Keys)
                    {
                        changes[new DirtyKey(mapping.Entity, key)] = null;
                    }
                }
            }
        }

        // What a snapshot has shown, every later one shows: the reader has no transaction to wait for. It is given one that ended before.
        return new SourceTransaction((uint)(SnapshotView.Parse(snapshot).Xmin - 1), end, changes, stale, isLast);
    }

    private async Task RestAsync(CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(options.PollEvery, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            await _nudges.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
        }
    }

    private async Task<TriggerSession> OpenAsync(CancellationToken cancellation)
    {
        if (_session is null)
        {
            try
            {
                _session = await _tables.BeginAsync(cancellation);
                _missed = _session.Missed;
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.InsufficientPrivilege)
            {
                throw new InvalidOperationException($"The source has no change feed by triggers ({e.MessageText}): run install with Sync:Feed = Triggers.", e);
            }
        }

        return _session;
    }

    private static string Invariant(ulong number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
