using System.Data;
using Npgsql;
using Strangler.Proxy.Shadow.Evidence;
using Strangler.Proxy.Shadow.Triage;

namespace Strangler.Proxy.Shadow.Sharing;

/// <summary>The statements of <see cref="SharedStore"/>.</summary>
internal static class SharedSql
{
    /// <summary>How long what an edge has seen is part of the evidence after it has written last.</summary>
    public static readonly TimeSpan EvidenceAge = TimeSpan.FromHours(1);

    // An edge that freezes between two statements must not keep the others from writing.
    private const string Turn = "SET LOCAL idle_in_transaction_session_timeout = '5s'; SELECT pg_advisory_xact_lock(7310305699823870306)";

    private const string PutEvidence = """
        INSERT INTO strangler.shadow_evidence (writer, capability, document) VALUES ($1, $2, $3)
        ON CONFLICT (writer, capability) DO UPDATE SET document = excluded.document, counted_at = clock_timestamp()
        """;

    private const string PutGroups = """
        INSERT INTO strangler.shadow_group (capability, fingerprint, weight, last_seen, document)
        SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::timestamptz[], $5::text[])
        ON CONFLICT (capability, fingerprint) DO UPDATE SET weight = excluded.weight, last_seen = excluded.last_seen, document = excluded.document
        """;

    // Heaviest first, judged ones before all; what no longer fits goes.
    private const string KeepQuota = """
        DELETE FROM strangler.shadow_group AS g USING (
            SELECT capability, fingerprint, row_number() OVER w AS place, sum(octet_length(document)) OVER w AS bytes
            FROM strangler.shadow_group WHERE capability = ANY ($1)
            WINDOW w AS (PARTITION BY capability ORDER BY (fingerprint = ANY ($2)) DESC, weight DESC, last_seen DESC, fingerprint)) AS r
        WHERE g.capability = r.capability AND g.fingerprint = r.fingerprint AND (r.place > $3 OR r.bytes > $4)
        """;

    public static async Task WriteAsync(NpgsqlConnection connection, Guid writer, SharedBatch batch, GroupQuota quota, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancel);
        await using (var turn = new NpgsqlCommand(Turn, connection, transaction)) await turn.ExecuteNonQueryAsync(cancel);
        if (!await IsNewAsync(connection, writer, batch.Number, cancel)) return;
        var groups = await MergeAsync(connection, batch.Groups, cancel);
        await using var write = new NpgsqlBatch(connection, transaction);
        foreach (var evidence in batch.Evidence) write.BatchCommands.Add(Command(PutEvidence, writer, evidence.Capability, evidence.Text));
        if (groups.Count > 0)
        {
            write.BatchCommands.Add(Command(
                PutGroups,
                groups.Select(g => g.Capability).ToArray(),
                groups.Select(g => g.Fingerprint).ToArray(),
                groups.Select(g => g.Total).ToArray(),
                groups.Select(g => g.LastSeen.UtcDateTime).ToArray(),
                groups.Select(GroupDocument.Write).ToArray()));
            write.BatchCommands.Add(await QuotaAsync(connection, groups, quota, cancel));
        }

        write.BatchCommands.Add(Command("DELETE FROM strangler.shadow_group WHERE last_seen < $1", (quota.Now - quota.Options.Retention).UtcDateTime));
        write.BatchCommands.Add(Command("DELETE FROM strangler.shadow_evidence WHERE counted_at < clock_timestamp() - $1", EvidenceAge));
        write.BatchCommands.Add(Command("DELETE FROM strangler.shadow_writer WHERE seen_at < clock_timestamp() - interval '7 days'"));
        await write.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>What other writers have brought since a time by the store's clock; writers take turns, so nothing older comes later.</summary>
    public static async Task<IReadOnlyList<StoredEvidence>> ReadEvidenceAsync(NpgsqlConnection connection, Guid writer, DateTime after, CancellationToken cancel)
    {
        await using var read = Query(
            connection, "SELECT writer, capability, document, counted_at FROM strangler.shadow_evidence WHERE writer <> $1 AND counted_at > $2", writer, after);
        await using var reader = await read.ExecuteReaderAsync(cancel);
        var all = new List<StoredEvidence>();
        while (await reader.ReadAsync(cancel))
            all.Add(new(reader.GetGuid(0), new EvidenceDocument(reader.GetString(1), reader.GetString(2)), reader.GetDateTime(3)));
        return all;
    }

    public static async Task<IReadOnlyList<GroupRecord>> ReadGroupsAsync(
        NpgsqlConnection connection, string? capability, DateTimeOffset since, CancellationToken cancel)
    {
        await using var read = Query(
            connection, "SELECT document FROM strangler.shadow_group WHERE ($1::text IS NULL OR capability = $1) AND last_seen >= $2", capability, since.UtcDateTime);
        return await DocumentsAsync(read, cancel);
    }

    private static async Task<bool> IsNewAsync(NpgsqlConnection connection, Guid writer, long number, CancellationToken cancel)
    {
        const string sql = """
            INSERT INTO strangler.shadow_writer AS w (writer, batch) VALUES ($1, $2)
            ON CONFLICT (writer) DO UPDATE SET batch = excluded.batch, seen_at = clock_timestamp() WHERE w.batch < excluded.batch
            """;
        await using var command = Query(connection, sql, writer, number);
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    private static async Task<IReadOnlyList<GroupRecord>> MergeAsync(NpgsqlConnection connection, IReadOnlyList<GroupRecord> groups, CancellationToken cancel)
    {
        if (groups.Count == 0) return groups;
        const string sql = "SELECT document FROM strangler.shadow_group WHERE (capability, fingerprint) IN (SELECT * FROM unnest($1::text[], $2::text[]))";
        await using var read = Query(connection, sql, groups.Select(g => g.Capability).ToArray(), groups.Select(g => g.Fingerprint).ToArray());
        var stored = (await DocumentsAsync(read, cancel)).ToDictionary(g => (g.Capability, g.Fingerprint));
        return [.. groups.Select(group => stored.TryGetValue((group.Capability, group.Fingerprint), out var before) ? before.Merge(group) : group)];
    }

    private static async Task<NpgsqlBatchCommand> QuotaAsync(
        NpgsqlConnection connection, IReadOnlyList<GroupRecord> groups, GroupQuota quota, CancellationToken cancel)
    {
        var capabilities = groups.Select(g => g.Capability).Distinct(StringComparer.Ordinal).ToArray();
        await using var read = Query(connection, "SELECT fingerprint FROM strangler.shadow_group WHERE capability = ANY ($1)", (object)capabilities);
        await using var reader = await read.ExecuteReaderAsync(cancel);
        var judged = new HashSet<string>(groups.Select(g => g.Fingerprint).Where(quota.IsJudged), StringComparer.Ordinal);
        while (await reader.ReadAsync(cancel))
        {
            if (quota.IsJudged(reader.GetString(0))) judged.Add(reader.GetString(0));
        }

        return Command(KeepQuota, capabilities, judged.ToArray(), quota.Options.GroupLimit, quota.Options.GroupBytes);
    }

    private static async Task<IReadOnlyList<GroupRecord>> DocumentsAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var groups = new List<GroupRecord>();
        while (await reader.ReadAsync(cancel))
        {
            if (GroupDocument.TryRead(reader.GetString(0)) is { } group) groups.Add(group);
        }

        return groups;
    }

    private static NpgsqlCommand Query(NpgsqlConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
