using Dapper;
using Npgsql;
using Npgsql.Replication;
using Npgsql.Replication.PgOutput;
using Npgsql.Replication.PgOutput.Messages;
using NpgsqlTypes;
using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reading;

/// <summary>Logical replication with pgoutput: protocol 1, binary, one slot.</summary>
internal sealed class PostgresChangeFeed(NpgsqlDataSource source, string connectionString, SlotNames names, Router router) : IChangeFeed
{
    private static readonly TimeSpan SlotPatience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(2);

    // A transaction of any size is handed over in pieces, so that memory is bounded.
    private const int LargestPiece = 20_000;

    private static readonly HashSet<string> EmptySet = [];

    private readonly RowDecoder _decoder = new(router);
    private LogicalReplicationConnection? _connection;
    private Lsn _acknowledged;

    /// <inheritdoc/>
    public Lsn Received => _connection is null ? default : new((ulong)_connection.LastReceivedLsn);

    /// <inheritdoc/>
    public async Task<SourceIdentity> IdentifyAsync(CancellationToken cancellation)
    {
        var system = await (await OpenAsync(cancellation)).IdentifySystem(cancellation);
        return new SourceIdentity(system.SystemId, system.Timeline);
    }

    /// <inheritdoc/>
    public async Task<SlotState?> SlotAsync(CancellationToken cancellation)
    {
        const string Sql = """
            select coalesce(confirmed_flush_lsn, '0/0')::text as confirmed, coalesce(wal_status = 'lost', false) as lost,
                   coalesce(plugin = 'pgoutput' and database = current_database(), false) as "IsOurs"
            from pg_replication_slots where slot_name = @slot
            """;
        await using var sql = await source.OpenConnectionAsync(cancellation);
        var command = new CommandDefinition(Sql, new { slot = names.Slot }, cancellationToken: cancellation);
        return await sql.QuerySingleOrDefaultAsync<(string Confirmed, bool Lost, bool IsOurs)?>(command) is { } slot
            ? new SlotState(Lsn.Parse(slot.Confirmed), slot.Lost, slot.IsOurs)
            : null;
    }

    /// <inheritdoc/>
    public async Task<Lsn> RecreateSlotAsync(CancellationToken cancellation)
    {
        var open = await OpenAsync(cancellation);
        if (await SlotAsync(cancellation) is not null)
        {
            await open.DropReplicationSlot(names.Slot, wait: false, cancellation);
        }

        // Making a slot waits for all writing transactions of the source that run now.
        open.CommandTimeout = SlotPatience;
        var slot = await open.CreatePgOutputReplicationSlot(
            names.Slot, slotSnapshotInitMode: LogicalSlotSnapshotInitMode.NoExport, cancellationToken: cancellation);
        return new Lsn((ulong)slot.ConsistentPoint);
    }

    /// <inheritdoc/>
    public async Task ReadAsync(ITransactionSink sink, CancellationToken cancellation)
    {
        var open = await OpenAsync(cancellation);
        var options = new PgOutputReplicationOptions(names.Publication, PgOutputProtocolVersion.V1, binary: true);
        // Without a position it begins where the slot stands; what has been applied before is left out later, lane by lane.
        var messages = open.StartReplication(new PgOutputReplicationSlot(names.Slot), options, cancellation);
        var changes = new Dictionary<DirtyKey, SourceRows?>();
        var stale = new HashSet<string>(StringComparer.Ordinal);
        var xid = 0u;
        var final = default(Lsn);
        await foreach (var message in messages)
        {
            switch (message)
            {
                case BeginMessage begin:
                    sink.Begin();
                    xid = begin.TransactionXid;
                    final = new Lsn((ulong)begin.TransactionFinalLsn);
                    break;
                case RelationMessage relation:
                    sink.Described(_decoder.Describe(relation));
                    break;
                case TruncateMessage truncate:
                    stale.UnionWith(truncate.Relations.SelectMany(_decoder.Entities));
                    break;
                case CommitMessage commit:
                    var end = new Lsn((ulong)commit.TransactionEndLsn);
                    await sink.CompleteAsync(new SourceTransaction(xid, end, changes, stale), cancellation);
                    changes = [];
                    stale = new HashSet<string>(StringComparer.Ordinal);
                    break;
                default:
                    await _decoder.DecodeAsync(message, changes, stale, cancellation);
                    if (changes.Count >= LargestPiece)
                    {
                        // A row of which more may come is taken as it is at the end, not as it was in between.
                        var piece = changes.ToDictionary(change => change.Key, _ => (SourceRows?)null);
                        await sink.CompleteAsync(new SourceTransaction(xid, final, piece, EmptySet, IsLast: false), cancellation);
                        changes = [];
                    }

                    break;
            }
        }
    }

    /// <inheritdoc/>
    public async Task AcknowledgeAsync(Lsn end, CancellationToken cancellation)
    {
        if (_connection is null || Received == default || end <= _acknowledged)
        {
            return;
        }

        _acknowledged = end;
        _connection.SetReplicationStatus(new NpgsqlLogSequenceNumber(end.Value));
        await _connection.SendStatusUpdate(cancellation);
    }

    /// <inheritdoc/>
    public async Task<Lsn> PositionAsync(CancellationToken cancellation)
    {
        await using var sql = await source.OpenConnectionAsync(cancellation);
        var command = new CommandDefinition("select pg_current_wal_insert_lsn()::text", cancellationToken: cancellation);
        return Lsn.Parse((await sql.ExecuteScalarAsync<string>(command))!);
    }

    /// <inheritdoc/>
    public async Task<Retention> RetentionAsync(CancellationToken cancellation)
    {
        const string Sql = """
            select coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn), 0)::bigint as kept, safe_wal_size as safe
            from pg_replication_slots where slot_name = @slot
            """;
        await using var sql = await source.OpenConnectionAsync(cancellation);
        var command = new CommandDefinition(Sql, new { slot = names.Slot }, cancellationToken: cancellation);
        return await sql.QuerySingleOrDefaultAsync<Retention>(command) ?? new Retention(0, null);
    }

    /// <inheritdoc/>
    public async Task NudgeAsync(CancellationToken cancellation)
    {
        // A transactional message commits, and a commit writes the log out; everyone may emit one.
        const string Sql = "set local synchronous_commit = local; select pg_logical_emit_message(true, 'strangler', '')::text";
        await using var sql = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await sql.BeginTransactionAsync(cancellation);
        await sql.ExecuteAsync(new CommandDefinition(Sql, transaction: transaction, cancellationToken: cancellation));
        await transaction.CommitAsync(cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
            _connection = null;
        }
    }

    private async Task<LogicalReplicationConnection> OpenAsync(CancellationToken cancellation)
    {
        if (_connection is null)
        {
            var opened = new LogicalReplicationConnection(connectionString) { WalReceiverStatusInterval = StatusInterval };
            await opened.Open(cancellation);
            _connection = opened;
        }

        return _connection;
    }
}
