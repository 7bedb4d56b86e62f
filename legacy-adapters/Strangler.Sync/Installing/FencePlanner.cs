using Dapper;
using Npgsql;
using Strangler.Sync.Fencing;
using Strangler.Sync.Mapping;

namespace Strangler.Sync.Installing;

/// <summary>Plans the fences of a store, lowered.</summary>
internal static class FencePlanner
{
    private const string Schema = "strangler";

    // Not to_regclass, which asks for a right on the schema: a preview is made by whoever there is.
    private const string ObjectsSql = """
        select exists (select from pg_namespace where nspname = 'strangler') as "HasSchema",
               exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'strangler' and c.relname = 'fence') as "HasTable",
               coalesce((select has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')
                         from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'strangler' and c.relname = 'fence'), false) as "CanRead"
        """;

    private const string FunctionsSql =
        "select p.proname::text, p.prosrc from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'strangler'";

    private const string GrantsSql = """
        select coalesce(bool_and(has_schema_privilege(@role, n.oid, 'usage')), false) as "Schema",
               coalesce(bool_and((select has_table_privilege(@role, c.oid, 'select') from pg_class c where c.relnamespace = n.oid and c.relname = 'fence')), false) as "Table",
               coalesce(bool_and((select has_function_privilege(@role, p.oid, 'execute') from pg_proc p where p.pronamespace = n.oid and p.proname = 'set_fence')), false) as "Function"
        from pg_namespace n where n.nspname = 'strangler'
        """;

    private const string TreeSql = """
        with recursive member as (
            select c.oid, 0 as depth from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = @schema and c.relname = @name
            union select i.inhrelid, m.depth + 1 from pg_inherits i join member m on i.inhparent = m.oid)
        select n.nspname::text as "Schema", c.relname::text as "Name", c.relispartition and m.depth > 0 as "IsPart", pg_has_role(@role, c.relowner, 'member') as "IsOwned"
        from member m join pg_class c on c.oid = m.oid join pg_namespace n on n.oid = c.relnamespace order by m.depth, n.nspname, c.relname
        """;

    private const string TriggersSql = """
        select n.nspname::text as "Schema", c.relname::text as "Name", t.tgname::text as "Trigger", t.tgparentid <> 0 as "IsPart",
               t.tgargs = convert_to(@capability, getdatabaseencoding()) || '\x00' || convert_to(@role, getdatabaseencoding()) || '\x00' as "Fits"
        from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace where t.tgname = any(@names)
        """;

    /// <summary>Adds them to a plan.</summary>
    /// <param name="plan">What is planned for the store.</param>
    /// <param name="connection">The store, as its owner.</param>
    /// <param name="role">The role of the adapters, which will raise and lower and whose own writes go on.</param>
    /// <param name="fences">The capabilities, and the tables to fence of each.</param>
    public static async Task<InstallPlan> AddAsync(
        InstallPlan plan, NpgsqlConnection connection, string role, IReadOnlyCollection<(string Capability, IReadOnlyList<TableName> Tables)> fences)
    {
        if (plan.Refusals.Count > 0)
        {
            return plan;
        }

        var refusals = new List<string>();
        var objects = await connection.QuerySingleAsync<(bool HasSchema, bool HasTable, bool CanRead)>(ObjectsSql);
        var statements = await ObjectsAsync(connection, role, objects.HasSchema, objects.HasTable);
        foreach (var (capability, tables) in fences)
        {
            var trigger = new FenceTrigger(capability, role);
            var wanted = await FenceAsync(connection, trigger, tables, objects.CanRead, refusals);
            if (wanted.Count > 0 && objects.CanRead
                && await connection.ExecuteScalarAsync<long?>($"select epoch from {FenceSchema.Table} where capability = @capability and raised", new { capability }) is { } epoch)
            {
                refusals.Add($"The fence of {capability} is raised with epoch {epoch} and has to be installed again: lower it first.");
            }

            statements.AddRange(wanted);
        }

        var warnings = fences.SelectMany(fence => fence.Tables, (fence, table) => (table, fence.Capability)).GroupBy(pair => pair.table, pair => pair.Capability)
            .Where(group => group.Skip(1).Any())
            .Select(group => $"{group.Key} is read by {string.Join(" and ", group)}: the fence of each refuses the application's writes to it, for the others too, "
                + "so these capabilities are cut over together.");
        return refusals.Count > 0
            ? new InstallPlan([], plan.Warnings, refusals)
            : plan with { Statements = [.. plan.Statements, .. statements], Warnings = [.. plan.Warnings, .. warnings] };
    }

    private static async Task<List<string>> ObjectsAsync(NpgsqlConnection connection, string role, bool hasSchema, bool hasTable)
    {
        var statements = new List<string>();
        if (!hasSchema)
        {
            // What is planned before may make it too.
            statements.Add($"create schema if not exists {Schema}");
        }

        if (!hasTable)
        {
            statements.Add(FenceSchema.CreateTable);
        }

        var bodies = (await connection.QueryAsync<(string Name, string Body)>(FunctionsSql)).ToLookup(row => row.Name, row => row.Body, StringComparer.Ordinal);
        statements.AddRange(FenceSchema.Functions.Where(function => !bodies[function.Name].Contains(function.Body, StringComparer.Ordinal)).Select(function => function.Create));
        var has = await connection.QuerySingleAsync<(bool Schema, bool Table, bool Function)>(GrantsSql, new { role });
        statements.AddRange(
            new[] { (has.Schema, $"usage on schema {Schema}"), (has.Table, $"select on {FenceSchema.Table}"), (has.Function, $"execute on function {FenceSchema.SetFence}") }
                .Where(right => !right.Item1).Select(right => $"grant {right.Item2} to {TableName.Quote(role)}"));
        return statements;
    }

    private static async Task<List<string>> FenceAsync(
        NpgsqlConnection connection, FenceTrigger trigger, IReadOnlyList<TableName> tables, bool canRead, List<string> refusals)
    {
        if (!trigger.Fits)
        {
            refusals.Add($"The name of the capability {trigger.Capability} is too long for a fence: give it at most {FenceTrigger.LongestCapability} bytes.");
            return [];
        }

        var found = (await connection.QueryAsync<TriggerRow>(
            TriggersSql, new { capability = trigger.Capability, role = trigger.Role, names = new[] { trigger.Row, trigger.Statement } })).ToList();
        var good = found.Where(row => row.Fits).Select(row => (row.Table, row.Trigger)).ToHashSet();
        var statements = new List<string>();
        var members = new HashSet<TableName>();
        foreach (var table in tables)
        {
            var tree = (await connection.QueryAsync<MemberRow>(TreeSql, new { schema = table.Schema, name = table.Name, role = trigger.Role })).ToList();
            members.UnionWith(tree.Select(member => member.Table));
            if (tree.Find(member => member.IsOwned) is { } owned)
            {
                refusals.Add($"The role {trigger.Role} may do what the owner of {owned.Table} may, so no fence would hold it: give the adapters a role of their own.");
                continue;
            }

            var rows = tree.Where(member => !member.IsPart && !good.Contains((member.Table, trigger.Row))).ToList();
            var whole = tree.Where(member => !good.Contains((member.Table, trigger.Statement))).ToList();
            if (rows.Count + whole.Count > 0)
            {
                statements.Add(trigger.Create(rows.Select(member => member.Table), whole.Select(member => member.Table)));
            }
        }

        var strays = found.Where(row => !row.IsPart && !members.Contains(row.Table)).Select(row => (row.Table, row.Trigger)).ToList();
        if (strays.Count > 0)
        {
            statements.Add(trigger.Drop(strays));
        }

        var wanted = tables.Select(table => table.Sql).ToArray();
        var known = canRead
            ? await connection.ExecuteScalarAsync<string[]?>($"select tables from {FenceSchema.Table} where capability = @Capability", new { trigger.Capability })
            : null;
        if (known is null || !known.SequenceEqual(wanted, StringComparer.Ordinal))
        {
            statements.Add(trigger.Register(tables));
        }

        return statements;
    }

    private sealed record TriggerRow(string Schema, string Name, string Trigger, bool IsPart, bool Fits)
    {
        public TableName Table => new(Schema, Name);
    }

    private sealed record MemberRow(string Schema, string Name, bool IsPart, bool IsOwned)
    {
        public TableName Table => new(Schema, Name);
    }
}
