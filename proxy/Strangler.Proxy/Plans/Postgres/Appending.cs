using System.Data;
using System.Globalization;
using Npgsql;
using Strangler.Core.Audit;

namespace Strangler.Proxy.Plans.Postgres;

/// <summary>Writes a plan and its audit line in one transaction. Writers come one after another, so that the hash chain has no fork.</summary>
internal static class Appending
{
    private const int PruneEvery = 16;

    // An edge that freezes between two statements must not keep the others from writing.
    private const string Lock = "SET LOCAL idle_in_transaction_session_timeout = '5s'; SELECT pg_advisory_xact_lock(7310305699823870305)";

    private const string Look = """
        SELECT (SELECT coalesce(max(number), 0) FROM strangler.plan), (SELECT checksum FROM strangler.plan WHERE number = $1), last.seq, last.line
        FROM (VALUES (1)) AS one LEFT JOIN (SELECT seq, line FROM strangler.audit ORDER BY seq DESC LIMIT 1) AS last ON true
        """;

    /// <summary>Writes both, or nothing.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="plan">Number of the plan.</param>
    /// <param name="document">The plan.</param>
    /// <param name="entry">Who made it and why.</param>
    /// <param name="again">True when it was tried before and it is not known whether that has worked.</param>
    /// <param name="cancel">Ends the wait.</param>
    public static async Task<bool> TryAsync(
        NpgsqlConnection connection, long plan, string document, AuditEntry entry, bool again, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancel);
        await ExecuteAsync(new NpgsqlCommand(Lock, connection, transaction), cancel);
        var checksum = PlanDocument.ChecksumOf(document);
        var (newest, there, seq, line) = await LookAsync(connection, transaction, plan, cancel);
        if (newest >= plan) return again && there == checksum;

        await using var write = new NpgsqlBatch(connection, transaction);
        write.BatchCommands.Add(Command("INSERT INTO strangler.audit (seq, line) VALUES ($1, $2)", seq + 1, AuditChain.Line(entry, line is null ? AuditChain.Beginning : AuditChain.Hash(line))));
        write.BatchCommands.Add(Command("INSERT INTO strangler.plan (number, checksum, document) VALUES ($1, $2, $3)", plan, checksum, document));
        if (plan % PruneEvery == 0) write.BatchCommands.Add(Command("SELECT strangler.prune()"));
        write.BatchCommands.Add(Command($"SELECT pg_notify('{PlanNews.Channel}', $1)", plan.ToString(CultureInfo.InvariantCulture)));
        try
        {
            await write.ExecuteNonQueryAsync(cancel);
            await transaction.CommitAsync(cancel);
            return true;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    private static async Task<(long Newest, string? There, long Seq, string? Line)> LookAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, long plan, CancellationToken cancel)
    {
        await using var look = new NpgsqlCommand(Look, connection, transaction) { Parameters = { new() { Value = plan } } };
        await using var reader = await look.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return (
            reader.GetInt64(0),
            await reader.IsDBNullAsync(1, cancel) ? null : reader.GetString(1),
            await reader.IsDBNullAsync(2, cancel) ? 0 : reader.GetInt64(2),
            await reader.IsDBNullAsync(3, cancel) ? null : reader.GetString(3));
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private static async Task ExecuteAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        await using (command) await command.ExecuteNonQueryAsync(cancel);
    }
}
