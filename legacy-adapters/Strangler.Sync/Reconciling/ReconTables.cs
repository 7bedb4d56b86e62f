using Dapper;
using Npgsql;
using Strangler.Core.Adapters;

namespace Strangler.Sync.Reconciling;

/// <summary>Our own tables in the target, as far as comparing and repairing need them.</summary>
/// <param name="target">The target, writable.</param>
/// <param name="stream">The stream.</param>
internal sealed class ReconTables(NpgsqlDataSource target, string stream)
{
    /// <summary>Notes that a comparison begins; returns its number.</summary>
    public Task<long> BeginAsync(string mode, string actor, CancellationToken cancellation) => target.ReadAsync(
        connection => connection.ExecuteScalarAsync<long>(new CommandDefinition(
            """
            insert into sync.recon_run (stream, mode, actor, started, state) values (@stream, @mode, @actor, now(), 'running') returning id
            """,
            new { stream, mode, actor },
            cancellationToken: cancellation)),
        cancellation);

    /// <summary>Notes what a comparison has found, and forgets all but the last hundred.</summary>
    public Task EndAsync(CompareRun run, IReadOnlyList<DataDifference> items, CancellationToken cancellation) => target.InTransactionAsync(
        async connection =>
        {
            await connection.ExecuteAsync(new CommandDefinition(
                """
                update sync.recon_run set finished = now(), state = @State, compared = @Done, differences = @Differences, waiting = @Waiting,
                    dead_letters = @DeadLetters, undetermined = @Undetermined, verdict = @Verdict where id = @Id;
                delete from sync.recon_run where stream = @stream and id <= (
                    select id from sync.recon_run where stream = @stream order by id desc offset 100 limit 1)
                """,
                new { run.Id, run.State, run.Done, run.Differences, run.Waiting, run.DeadLetters, run.Undetermined, run.Verdict, stream },
                cancellationToken: cancellation));
            await connection.ExecuteAsync(new CommandDefinition(
                """
                insert into sync.recon_diff (run, entity, key, kind, fields)
                select @Id, entity, key, kind, string_to_array(fields, chr(10)) from unnest(@entities, @keys, @kinds, @fields) as n (entity, key, kind, fields)
                on conflict do nothing
                """,
                new
                {
                    run.Id,
                    entities = items.Select(item => item.Entity).ToArray(),
                    keys = items.Select(item => item.Key).ToArray(),
                    kinds = items.Select(item => item.Kind).ToArray(),
                    fields = items.Select(item => string.Join('\n', item.Fields.Select(field => $"{field.Name}={field.Owner}"))).ToArray(),
                },
                cancellationToken: cancellation));
        },
        cancellation);

    /// <summary>The last finished comparison, or a given one, with the number of aggregates compared; null when there is none.</summary>
    public Task<(long Id, long Compared)?> RunAsync(long? id, CancellationToken cancellation) => target.ReadAsync(
        connection => connection.QuerySingleOrDefaultAsync<(long, long)?>(new CommandDefinition(
            """
            select id, compared from sync.recon_run where stream = @stream and state = 'finished' and (@id is null or id = @id)
            order by id desc limit 1
            """,
            new { stream, id },
            cancellationToken: cancellation)),
        cancellation);

    /// <summary>What a comparison has found.</summary>
    public Task<List<DataDifference>> DifferencesAsync(long run, CancellationToken cancellation) => target.ReadAsync(
        async connection =>
        {
            var rows = await connection.QueryAsync<(string Entity, string Key, string Kind, string[] Fields)>(new CommandDefinition(
                "select entity, key, kind, fields from sync.recon_diff where run = @run order by entity, key", new { run }, cancellationToken: cancellation));
            return rows.Select(row => new DataDifference(row.Entity, row.Key, row.Kind, [.. row.Fields.Select(Field)])).ToList();
        },
        cancellation);

    /// <summary>Which of the aggregates wait or fail, and which of both.</summary>
    /// <param name="entity">The kind of aggregate.</param>
    /// <param name="keys">The aggregates.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="at">The snapshot in which to look; null for the present.</param>
    public Task<Dictionary<string, string>> WaitingAsync(string entity, string[] keys, CancellationToken cancellation, SnapshotReader? at = null) => ReadAsync(
        at,
        async connection =>
        {
            var rows = await connection.QueryAsync<(string Key, bool Dead)>(new CommandDefinition(
                """
                select k, l.key is not null from unnest(@keys) k
                left join sync.dirty d on d.stream = @stream and d.entity = @entity and d.key = k
                left join sync.dead_letter l on l.stream = @stream and l.entity = @entity and l.key = k
                where d.key is not null or l.key is not null
                """,
                new { stream, entity, keys },
                cancellationToken: cancellation));
            return rows.ToDictionary(row => row.Key, row => row.Dead ? FindingKinds.DeadLetter : FindingKinds.Waiting, StringComparer.Ordinal);
        },
        cancellation);

    /// <summary>The keys of applied aggregates, in a fixed order.</summary>
    public Task<List<string>> AppliedAsync(string entity, string after, int limit, CancellationToken cancellation) => target.ReadAsync(
        async connection => (await connection.QueryAsync<string>(new CommandDefinition(
            "select key from sync.applied where entity = @entity and key > @after order by key limit @limit",
            new { entity, after, limit },
            cancellationToken: cancellation))).AsList(),
        cancellation);

    private Task<T> ReadAsync<T>(SnapshotReader? at, Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellation) =>
        at is null ? target.ReadAsync(read, cancellation) : at.ReadAsync(read, cancellation);

    private static DifferingField Field(string text) => text.LastIndexOf('=') is var at and >= 0 ? new(text[..at], text[(at + 1)..]) : new(text, "legacy");
}
