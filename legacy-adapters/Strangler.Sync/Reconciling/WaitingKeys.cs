using Dapper;
using Npgsql;
using Strangler.Core.Adapters;

namespace Strangler.Sync.Reconciling;

/// <summary>The aggregates of a stream that fail: shows them, has them tried again, and forgets them.</summary>
/// <param name="target">The target, writable.</param>
/// <param name="stream">The stream.</param>
internal sealed class WaitingKeys(NpgsqlDataSource target, string stream)
{
    private const string Chosen = "stream = @stream and (@entity::text is null or entity = @entity) and (@key::text is null or key = @key)";

    /// <summary>The dead letters, the oldest first.</summary>
    public Task<DeadLettersAnswer> DeadLettersAsync(int limit, CancellationToken cancellation) => target.ReadAsync(
        async connection =>
        {
            var total = await connection.ExecuteScalarAsync<long>(Command("select count(*) from sync.dead_letter where stream = @stream", new { stream }, cancellation));
            var rows = await connection.QueryAsync<(string Entity, string Key, string Error, string Message, int Attempts, DateTime First, DateTime Last)>(Command(
                """
                select entity, key, error, message, attempts, first_failed, last_failed from sync.dead_letter where stream = @stream
                order by first_failed, entity, key limit @limit
                """,
                new { stream, limit },
                cancellation));
            return new DeadLettersAnswer(
                total, [.. rows.Select(row => new DeadLetter(row.Entity, row.Key, row.Error, row.Message, row.Attempts, new DateTimeOffset(row.First), new DateTimeOffset(row.Last)))]);
        },
        cancellation);

    /// <summary>Lets the engine try dead letters at once; returns how many.</summary>
    public Task<long> RetryAsync(KeysRequest request, CancellationToken cancellation) => CountAsync(
        $"""
        with tried as (
            insert into sync.dirty (stream, entity, key, reason)
            select stream, entity, key, 'retry' from sync.dead_letter where {Chosen} order by entity, key
            on conflict (stream, entity, key) do update set stamp = default, reason = 'retry', not_before = now(), attempts = 0
            returning 1)
        select count(*) from tried
        """,
        request,
        cancellation);

    /// <summary>Forgets dead letters: they are not tried again until their aggregate changes. Returns how many.</summary>
    public Task<long> DropAsync(KeysRequest request, CancellationToken cancellation) => CountAsync(
        $"""
        with dropped as (delete from sync.dead_letter where {Chosen} returning stream, entity, key),
        forgotten as (
            delete from sync.dirty d using dropped l where d.stream = l.stream and d.entity = l.entity and d.key = l.key),
        noted as (
            insert into sync.repair_audit (stream, run, actor, reason, entity, key, kind)
            select stream, 0, @actor, @reason, entity, key, 'dropped' from dropped)
        select count(*) from dropped
        """,
        request,
        cancellation);

    private Task<long> CountAsync(string sql, KeysRequest request, CancellationToken cancellation) => target.ReadAsync(
        connection => connection.ExecuteScalarAsync<long>(Command(
            sql,
            new { stream, entity = request.Entity, key = request.Key, actor = request.Actor ?? "", reason = request.Reason ?? "" },
            cancellation)),
        cancellation);

    private static CommandDefinition Command(string sql, object values, CancellationToken cancellation) => new(sql, values, cancellationToken: cancellation);
}
