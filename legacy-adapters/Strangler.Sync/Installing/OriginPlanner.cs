using Dapper;
using Npgsql;
using Strangler.Sync.Applying;

namespace Strangler.Sync.Installing;

/// <summary>Plans the replication origins by which a stream back will know what we wrote: one for each lane. Only a superuser may make them.</summary>
internal static class OriginPlanner
{
    private const string Setup = "pg_replication_origin_session_setup(text)";

    /// <summary>Adds them to a plan.</summary>
    /// <param name="plan">What is planned for the target.</param>
    /// <param name="connection">The target, as its owner.</param>
    /// <param name="writer">The role of the adapters.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="lanes">Its lanes.</param>
    public static async Task<InstallPlan> AddAsync(InstallPlan plan, NpgsqlConnection connection, string writer, string stream, int lanes)
    {
        if (plan.Refusals.Count > 0)
        {
            return plan;
        }

        var names = Enumerable.Range(0, lanes).Select(lane => LaneSession.OriginOf(connection.Database, stream, lane)).ToArray();
        var known = await connection.QueryAsync<string>("select roname from pg_replication_origin where roname = any(@names)", new { names });
        var statements = names.Except(known, StringComparer.Ordinal).Select(name => $"select pg_replication_origin_create('{name}')").ToList();
        if (!await connection.ExecuteScalarAsync<bool>("select has_function_privilege(@writer, @Setup, 'execute')", new { writer, Setup }))
        {
            statements.Add($"grant execute on function {Setup} to {Mapping.TableName.Quote(writer)}");
        }

        if (statements.Count == 0 || await connection.ExecuteScalarAsync<bool>("select rolsuper from pg_roles where rolname = current_user"))
        {
            return plan with { Statements = [.. plan.Statements, .. statements] };
        }

        var warning = $"Only a superuser may make replication origins: without them our writes are known by messages in the log alone. To have both, run as one, "
            + $"in the database {connection.Database}: {string.Join("; ", statements)}";
        return plan with { Warnings = [.. plan.Warnings, warning] };
    }
}
