using Npgsql;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Applying;

/// <summary>The usual transaction of a lane: two round trips, everything or nothing.</summary>
internal sealed class LaneTransaction(LaneSession session, WriteSql sql, LaneWrite write)
{
    /// <summary>Runs it.</summary>
    /// <exception cref="PostgresException">A value is refused, or anything else went wrong: it must be rolled back.</exception>
    public async Task<WriteOutcome> RunAsync(CancellationToken cancellation)
    {
        var hashes = await BeginAsync(session, sql, write, cancellation);
        var parts = ChangeSet.Of(write.Aggregates, hashes);
        await using var batch = new NpgsqlBatch(session.Connection);
        sql.AddStates(batch, parts, replace: false);
        sql.AddBookkeeping(batch, write, parts, write.Failed, session);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        await batch.ExecuteNonQueryAsync(cancellation);
        return new WriteOutcome(parts.Count, parts.Equal, write.Failed);
    }

    /// <summary>Begins a transaction, moves the lane's position and reads what has been applied.</summary>
    /// <exception cref="StalePositionException">The position is not the expected one.</exception>
    public static async Task<Dictionary<DirtyKey, byte[]>> BeginAsync(
        LaneSession session, WriteSql sql, LaneWrite write, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(session.Connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("begin"));
        sql.AddMove(batch, write);
        var entities = WriteSql.AddHashes(batch, write.Aggregates);
        await using var rows = await batch.ExecuteReaderAsync(cancellation);
        if (!await rows.ReadAsync(cancellation))
        {
            throw new StalePositionException(sql.Stream);
        }

        var hashes = new Dictionary<DirtyKey, byte[]>();
        foreach (var entity in entities)
        {
            await rows.NextResultAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                hashes.Add(new DirtyKey(entity, rows.GetString(0)), rows.GetFieldValue<byte[]>(1));
            }
        }

        return hashes;
    }

    /// <summary>Ends it with nothing written.</summary>
    public static async Task RollBackAsync(LaneSession session, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("rollback", session.Connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
