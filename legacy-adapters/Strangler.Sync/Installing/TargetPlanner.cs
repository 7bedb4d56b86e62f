using Dapper;
using Npgsql;
using Strangler.Sync.Applying;
using Strangler.Sync.Mapping;

namespace Strangler.Sync.Installing;

/// <summary>Plans the installation in the target: our schema <c>sync</c>, and what the writer needs.</summary>
internal static class TargetPlanner
{
    private const string Rights = "select, insert, update, delete";

    // Not to_regclass, which asks for a right on the schema: a preview is made by whoever there is.
    private const string Oid = "(select t.oid from pg_class t join pg_namespace s on s.oid = t.relnamespace where s.nspname = @schema and t.relname = @name)";

    /// <summary>The plan.</summary>
    /// <param name="connection">The target, as its owner.</param>
    /// <param name="writer">The role of the adapters.</param>
    /// <param name="tables">The tables that the mappings write.</param>
    public static async Task<InstallPlan> PlanAsync(NpgsqlConnection connection, string writer, IReadOnlyCollection<TargetTable> tables)
    {
        var refusals = new List<string>();
        if (!await connection.ExecuteScalarAsync<bool>("select exists (select from pg_roles where rolname = @writer and rolcanlogin)", new { writer }))
        {
            refusals.Add($"There is no role {writer} that may log in: create role {writer} login password '...'.");
            return new InstallPlan([], [], refusals);
        }

        var statements = new List<string>();
        foreach (var table in SyncSchema.Tables.Zip(SyncSchema.Statements.Skip(1)))
        {
            if (!await ExistsAsync(connection, new TableName(SyncSchema.Name, table.First)))
            {
                statements.Add(table.Second);
            }
        }

        if (!await connection.ExecuteScalarAsync<bool>("select to_regnamespace(@schema) is not null", new { schema = SyncSchema.Name }))
        {
            statements.Insert(0, SyncSchema.Statements[0]);
        }

        var ours = SyncSchema.Tables.Select(table => new TableName(SyncSchema.Name, table)).ToList();
        var theirs = tables.Select(table => table.Name).Distinct().ToList();
        foreach (var table in tables)
        {
            refusals.AddRange(await MissingAsync(connection, table));
        }

        if (refusals.Count == 0)
        {
            await GrantAsync(connection, writer, [.. ours, .. theirs], statements);
        }

        return new InstallPlan(refusals.Count == 0 ? statements : [], [], refusals);
    }

    private static async Task<IEnumerable<string>> MissingAsync(NpgsqlConnection connection, TargetTable table)
    {
        if (!await ExistsAsync(connection, table.Name))
        {
            return [$"The target has no table {table.Name}: start the service once, so that it makes its schema."];
        }

        var columns = await connection.QueryAsync<string>(
            $"select attname from pg_attribute where attrelid = {Oid} and attnum > 0 and not attisdropped", new { schema = table.Name.Schema, name = table.Name.Name });
        return table.Columns.Select(column => column.Name).Except(columns, StringComparer.Ordinal)
            .Select(column => $"The target's table {table.Name} has no column {column}.");
    }

    private static async Task GrantAsync(
        NpgsqlConnection connection, string writer, IReadOnlyList<TableName> tables, List<string> statements)
    {
        const string SchemaSql = """
            select coalesce(has_schema_privilege(@writer, to_regnamespace(@schema), 'usage'), false)
            """;
        const string TableSql = $"""
            select coalesce(bool_and(has_table_privilege(@writer, {Oid}, kind)), false)
            from unnest(array['select', 'insert', 'update', 'delete']) kind
            """;
        foreach (var schema in tables.Select(table => table.Schema).Distinct(StringComparer.Ordinal))
        {
            if (!await connection.ExecuteScalarAsync<bool>(SchemaSql, new { writer, schema = TableName.Quote(schema) }))
            {
                statements.Add($"grant usage on schema {TableName.Quote(schema)} to {TableName.Quote(writer)}");
            }
        }

        foreach (var table in tables)
        {
            if (!await connection.ExecuteScalarAsync<bool>(TableSql, new { writer, schema = table.Schema, name = table.Name }))
            {
                statements.Add($"grant {Rights} on {table.Sql} to {TableName.Quote(writer)}");
            }
        }
    }

    private static Task<bool> ExistsAsync(NpgsqlConnection connection, TableName table) =>
        connection.ExecuteScalarAsync<bool>($"select {Oid} is not null", new { schema = table.Schema, name = table.Name });
}
