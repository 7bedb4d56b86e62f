using Dapper;
using Npgsql;
using Npgsql.Replication;
using Npgsql.Replication.PgOutput;
using Npgsql.Replication.PgOutput.Messages;
using NpgsqlTypes;

namespace Strangler.Sync.Reading;

/// <summary>Logical replication with pgoutput: protocol 1, binary, one slot.</summary>
internal sealed class PostgresChangeFeed(NpgsqlDataSource source, string connectionString, SlotNames names, Router router) : IChangeFeed
{
    private static readonly TimeSpan SlotPatience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(2);

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
    public async Task ReadAsync(Lsn from, TransactionQueue queue, CancellationToken cancellation)
    {
        var open = await OpenAsync(cancellation);
        _acknowledged = from;
        var options = new PgOutputReplicationOptions(names.Publication, PgOutputProtocolVersion.V1, binary: true);
        var messages = open.StartReplication(
            new PgOutputReplicationSlot(names.Slot), options, cancellation, new NpgsqlLogSequenceNumber(from.Value));
        var dirty = new HashSet<DirtyKey>();
        var truncated = new HashSet<string>(StringComparer.Ordinal);
        var xid = 0u;
        await foreach (var message in messages)
        {
            switch (message)
            {
                case BeginMessage begin:
                    queue.Begin();
                    xid = begin.TransactionXid;
                    break;
                case RelationMessage relation:
                    _decoder.Describe(relation);
                    break;
                case TruncateMessage truncate:
                    truncated.UnionWith(truncate.Relations.SelectMany(relation => router.Entities(_decoder.Table(relation))));
                    break;
                case CommitMessage commit:
                    var end = new Lsn((ulong)commit.TransactionEndLsn);
                    await queue.CompleteAsync(new SourceTransaction(xid, end, dirty, truncated), cancellation);
                    dirty = [];
                    truncated = new HashSet<string>(StringComparer.Ordinal);
                    break;
                default:
                    if (await _decoder.DecodeAsync(message, cancellation) is { } change)
                    {
                        router.Route(change, dirty);
                    }

                    break;
            }
        }
    }

    /// <inheritdoc/>
    public async Task AcknowledgeAsync(Lsn end, CancellationToken cancellation)
    {
        if (_connection is null || end <= _acknowledged)
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
