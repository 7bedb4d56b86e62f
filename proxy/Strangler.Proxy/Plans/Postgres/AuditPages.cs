using Npgsql;

namespace Strangler.Proxy.Plans.Postgres;

/// <summary>Reads the audit log in pages, so that a long one never keeps a connection for long.</summary>
internal static class AuditPages
{
    /// <summary>Lines of a full page.</summary>
    public const int Length = 500;

    public static async Task<IReadOnlyList<(long Seq, string Line)>> ReadAsync(NpgsqlConnection connection, long after, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT seq, line FROM strangler.audit WHERE seq > $1 ORDER BY seq LIMIT $2", connection)
        {
            Parameters = { new() { Value = after }, new() { Value = Length } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var page = new List<(long, string)>();
        while (await reader.ReadAsync(cancel)) page.Add((reader.GetInt64(0), reader.GetString(1)));
        return page;
    }
}
