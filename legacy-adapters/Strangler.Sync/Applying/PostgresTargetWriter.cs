using Npgsql;
using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Applying;

/// <summary>Writes a target in PostgreSQL: data, bookkeeping and checkpoint in one transaction, set by set.</summary>
internal sealed class PostgresTargetWriter(NpgsqlDataSource target, string stream, IReadOnlyList<AggregateMapping> mappings) : ITargetWriter
{
    private readonly SyncTables _tables = new(stream);
    private readonly Dictionary<TargetTable, TableSql> _sql =
        mappings.SelectMany(mapping => mapping.Targets).ToDictionary(table => table, table => new TableSql(table));

    /// <inheritdoc/>
    public async Task<StreamPosition> PositionAsync(CancellationToken cancellation)
    {
        await using var connection = await target.OpenConnectionAsync(cancellation);
        return await _tables.PositionAsync(connection, cancellation);
    }

    /// <inheritdoc/>
    public async Task BeginAsync(Checkpoint checkpoint, CancellationToken cancellation)
    {
        await using var connection = await target.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await _tables.BeginAsync(connection, checkpoint, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <inheritdoc/>
    public async Task<WriteOutcome> WriteAsync(TargetWrite write, CancellationToken cancellation)
    {
        try
        {
            return await WriteAsync(write, replace: false, cancellation);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Two aggregates of this write may have exchanged a unique value.
            return await WriteAsync(write, replace: true, cancellation);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> KeysAsync(
        AggregateMapping mapping, string? after, int limit, CancellationToken cancellation)
    {
        await using var connection = await target.OpenConnectionAsync(cancellation);
        return await SyncTables.KeysAsync(connection, mapping.Entity, after, limit, cancellation);
    }

    private async Task<WriteOutcome> WriteAsync(TargetWrite write, bool replace, CancellationToken cancellation)
    {
        await using var connection = await target.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await _tables.MoveAsync(connection, write.Expected, write.Next, cancellation);
        var hashes = await SyncTables.HashesAsync(connection, write.Aggregates, cancellation);
        var changed = write.Aggregates.Where(aggregate => aggregate.State is not null && !IsApplied(aggregate, hashes)).ToList();
        var gone = write.Aggregates.Where(aggregate => aggregate.State is null).ToList();
        await WriteAggregatesAsync(connection, changed, gone, replace, cancellation);
        await SyncTables.WriteAppliedAsync(connection, write.Next.End, changed, gone, cancellation);
        await _tables.WriteFillsAsync(connection, write.Fills, cancellation);
        await transaction.CommitAsync(cancellation);
        var written = changed.Count + gone.Count(aggregate => hashes.ContainsKey(aggregate.Id));
        return new WriteOutcome(written, write.Aggregates.Count - written);
    }

    private static bool IsApplied(TargetAggregate aggregate, Dictionary<DirtyKey, byte[]> hashes) =>
        hashes.TryGetValue(aggregate.Id, out var applied) && applied.AsSpan().SequenceEqual(aggregate.Hash);

    private async Task WriteAggregatesAsync(
        NpgsqlConnection connection, List<TargetAggregate> changed, List<TargetAggregate> gone, bool replace, CancellationToken cancellation)
    {
        var parts = mappings
            .Select(mapping => new AggregateBatch(mapping, changed.FindAll(a => a.Mapping == mapping), gone.FindAll(a => a.Mapping == mapping), _sql))
            .ToList();
        await using var batch = new NpgsqlBatch(connection);
        foreach (var part in Enumerable.Reverse(parts))
        {
            part.AddDeletes(batch, replace);
        }

        parts.ForEach(part => part.AddWrites(batch));
        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellation);
        }
    }
}
