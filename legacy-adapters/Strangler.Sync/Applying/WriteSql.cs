using Npgsql;
using NpgsqlTypes;
using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Applying;

/// <summary>The statements of a lane's transaction.</summary>
internal sealed class WriteSql(string stream, IReadOnlyList<AggregateMapping> mappings)
{
    private const string Move = """
        update sync.lane set lsn = $1 where stream = $2 and lane = $3 and lsn = $4 and epoch = $5 returning 1
        """;

    private const string Hashes = "select key, hash from sync.applied where entity = $1 and key = any($2)";

    private const string Applied = """
        insert into sync.applied (entity, key, hash, lsn, version)
        select $1, key, hash, $2, $3 from unnest($4, $5) as n (key, hash)
        on conflict (entity, key) do update set hash = excluded.hash, lsn = excluded.lsn, version = excluded.version
        """;

    private const string Forgotten = "delete from sync.applied where entity = $1 and key = any($2)";

    private const string Done = """
        delete from sync.dirty d using unnest($2, $3, $4) as n (entity, key, stamp)
        where d.stream = $1 and d.entity = n.entity and d.key = n.key and (n.stamp = 0 or d.stamp = n.stamp)
        """;

    private const string Healed = """
        delete from sync.dead_letter d using unnest($2, $3) as n (entity, key) where d.stream = $1 and d.entity = n.entity and d.key = n.key
        """;

    private const string Deferred = """
        insert into sync.dirty (stream, entity, key, reason, not_before)
        select $1, entity, key, 'paused', 'infinity' from unnest($2, $3) as n (entity, key)
        on conflict (stream, entity, key) do update set reason = excluded.reason, not_before = excluded.not_before, stamp = default
        """;

    // What another aggregate may put right is tried again soon and often, and called a dead letter only when that has not helped.
    private const string Failed = """
        with n as (select * from unnest($2, $3, $4, $5, $6) as n (entity, key, error, message, may_pass)),
        d as (
            insert into sync.dirty (stream, entity, key, reason, attempts, not_before)
            select $1, entity, key, 'retry', 1, now() + case when may_pass then interval '200 ms' else interval '1 s' end from n
            on conflict (stream, entity, key) do update set reason = 'retry', stamp = default, attempts = sync.dirty.attempts + 1,
                not_before = now() + least(
                    case when excluded.not_before - now() < interval '1 s' then interval '5 s' else interval '5 min' end,
                    (excluded.not_before - now()) * power(2, least(sync.dirty.attempts, 12)))
            returning entity, key, attempts)
        insert into sync.dead_letter (stream, entity, key, error, message, attempts, first_failed, last_failed)
        select $1, entity, key, error, message, attempts, now(), now() from n join d using (entity, key) where not may_pass or attempts > 3
        on conflict (stream, entity, key) do update set error = excluded.error, message = excluded.message, attempts = excluded.attempts,
            last_failed = excluded.last_failed
        """;

    private readonly Dictionary<TargetTable, TableSql> _tables =
        mappings.SelectMany(mapping => mapping.Targets).ToDictionary(table => table, table => new TableSql(table));

    /// <summary>The stream.</summary>
    public string Stream => stream;

    /// <summary>Adds the move of the lane's position, by compare-and-set; its row's lock keeps a second writer out until the commit.</summary>
    public void AddMove(NpgsqlBatch batch, LaneWrite write) => Add(batch, Move, LsnValue(write.Next), stream, write.Lane, LsnValue(write.Expected), write.Epoch);

    /// <summary>Adds the questions what has been applied; returns whose answers follow.</summary>
    public static IReadOnlyList<string> AddHashes(NpgsqlBatch batch, IReadOnlyList<TargetAggregate> aggregates)
    {
        var entities = new List<string>();
        foreach (var group in aggregates.Where(aggregate => !aggregate.Mapping.TakesImages).GroupBy(aggregate => aggregate.Mapping))
        {
            Add(batch, Hashes, group.Key.Entity, group.Select(aggregate => aggregate.Key).ToArray());
            entities.Add(group.Key.Entity);
        }

        return entities;
    }

    /// <summary>Adds the deletes, children first, then the inserts and updates, parents first.</summary>
    public void AddStates(NpgsqlBatch batch, ChangeSet part, bool replace)
    {
        var aggregates = mappings
            .Select(mapping => new AggregateBatch(
                mapping, [.. part.Changed.Where(aggregate => aggregate.Mapping == mapping)], [.. part.Gone.Where(aggregate => aggregate.Mapping == mapping)], _tables))
            .ToList();
        foreach (var aggregate in Enumerable.Reverse(aggregates))
        {
            aggregate.AddDeletes(batch, replace);
        }

        aggregates.ForEach(aggregate => aggregate.AddWrites(batch));
    }

    /// <summary>Adds what is noted about a transaction.</summary>
    public void AddBookkeeping(
        NpgsqlBatch batch, LaneWrite write, ChangeSet written, IReadOnlyList<FailedAggregate> failed, LaneSession session)
    {
        AddApplied(batch, write.Next, written);
        var failedKeys = failed.Select(failure => failure.Id).ToHashSet();
        var done = write.Stamps.Where(pair => !failedKeys.Contains(pair.Key) && !write.Deferred.Contains(pair.Key))
            .Concat(write.Suspects.Where(key => !failedKeys.Contains(key) && !write.Stamps.ContainsKey(key)).Select(key => KeyValuePair.Create(key, 0L)))
            .ToList();
        if (done.Count > 0)
        {
            string[] entities = [.. done.Select(pair => pair.Key.Entity)];
            string[] keys = [.. done.Select(pair => pair.Key.Key)];
            Add(batch, Done, stream, entities, keys, done.Select(pair => pair.Value).ToArray());
            Add(batch, Healed, stream, entities, keys);
        }

        if (write.Deferred.Count > 0)
        {
            Add(batch, Deferred, stream, write.Deferred.Select(key => key.Entity).ToArray(), write.Deferred.Select(key => key.Key).ToArray());
        }

        if (failed.Count > 0)
        {
            Add(
                batch,
                Failed,
                stream,
                failed.Select(failure => failure.Id.Entity).ToArray(),
                failed.Select(failure => failure.Id.Key).ToArray(),
                failed.Select(failure => failure.Error).ToArray(),
                failed.Select(failure => failure.Message).ToArray(),
                failed.Select(failure => failure.MayPass).ToArray());
        }

        if (session.TellsKeys && written.Changed.Count + written.Gone.Count > 0)
        {
            Add(batch, "select pg_logical_emit_message(true, $1, $2)", EchoTag.Prefix, EchoTag.Of(written.Changed.Concat(written.Gone)));
        }
    }

    private static void AddApplied(NpgsqlBatch batch, Lsn end, ChangeSet written)
    {
        foreach (var group in written.Changed.Where(aggregate => !aggregate.Mapping.TakesImages).GroupBy(aggregate => aggregate.Mapping))
        {
            Add(
                batch,
                Applied,
                group.Key.Entity,
                LsnValue(end),
                group.Key.Version,
                group.Select(aggregate => aggregate.Key).ToArray(),
                group.Select(aggregate => aggregate.Hash).ToArray());
        }

        foreach (var group in written.Gone.Where(aggregate => !aggregate.Mapping.TakesImages).GroupBy(aggregate => aggregate.Mapping))
        {
            Add(batch, Forgotten, group.Key.Entity, group.Select(aggregate => aggregate.Key).ToArray());
        }
    }

    private static NpgsqlLogSequenceNumber LsnValue(Lsn lsn) => new(lsn.Value);

    private static void Add(NpgsqlBatch batch, string text, params object[] parameters)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter is NpgsqlLogSequenceNumber
                ? new NpgsqlParameter { Value = parameter, NpgsqlDbType = NpgsqlDbType.PgLsn }
                : new NpgsqlParameter { Value = parameter });
        }

        batch.BatchCommands.Add(command);
    }
}
