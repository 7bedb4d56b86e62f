using System.Text.Json;
using Npgsql;
using Strangler.Core.Admin;

namespace Strangler.Proxy.Plans.Postgres;

/// <summary>What the edges say of themselves; times are by the database's clock.</summary>
internal static class EdgeRows
{
    /// <summary>An edge that was silent for longer is no longer alive, in seconds.</summary>
    public const int AliveSeconds = 15;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private const string Say = """
        INSERT INTO strangler.edge (name, plan, oldest_plan, on_older_plans, refused, overrides, breakers) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (name) DO UPDATE SET plan = excluded.plan, oldest_plan = excluded.oldest_plan, on_older_plans = excluded.on_older_plans,
            refused = excluded.refused, overrides = excluded.overrides, breakers = excluded.breakers, seen_at = clock_timestamp()
        """;

    private const string Forget = "DELETE FROM strangler.edge WHERE seen_at < clock_timestamp() - interval '1 day'";

    private const string Read = """
        SELECT name, plan, oldest_plan, on_older_plans, refused, overrides, breakers, extract(epoch FROM clock_timestamp() - seen_at)::double precision
        FROM strangler.edge WHERE seen_at > clock_timestamp() - make_interval(secs => $1) ORDER BY name
        """;

    public static async Task SayAsync(NpgsqlConnection connection, EdgeReport report, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Say)
        {
            Parameters =
            {
                new() { Value = report.Edge },
                new() { Value = report.Plan },
                new() { Value = report.OldestPlan },
                new() { Value = report.OnOlderPlans },
                new NpgsqlParameter<string?> { TypedValue = report.Refused },
                new() { Value = report.Overrides.ToArray() },
                new() { Value = JsonSerializer.Serialize(report.Breakers, Json) },
            },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Forget));
        await batch.ExecuteNonQueryAsync(cancel);
    }

    public static async Task<IReadOnlyList<EdgeReport>> ReadAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Read, connection) { Parameters = { new() { Value = (double)AliveSeconds } } };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var edges = new List<EdgeReport>();
        while (await reader.ReadAsync(cancel))
        {
            edges.Add(new EdgeReport(
                reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3),
                await reader.IsDBNullAsync(4, cancel) ? null : reader.GetString(4),
                reader.GetFieldValue<string[]>(5), reader.GetDouble(7))
            {
                Breakers = JsonSerializer.Deserialize<List<EdgeBreaker>>(reader.GetString(6), Json) ?? [],
            });
        }

        return edges;
    }
}
