using Dapper;
using Npgsql;
using Strangler.Sync.Mapping;

namespace Strangler.Sync.Installing;

/// <summary>Finds out what an installation in the source has to know.</summary>
internal static class SourceInspector
{
    // Not to_regclass, which asks for a right on the schema: a preview is made by whoever there is.
    private const string Oid = "(select t.oid from pg_class t join pg_namespace s on s.oid = t.relnamespace where s.nspname = @schema and t.relname = @name)";

    private const string TableSql = $"""
        select c.relkind::text as "Kind", c.oid is not null and has_table_privilege(r.oid, c.oid, 'select') as "Readable",
               exists (select from pg_publication_tables p
                       where p.pubname = @publication and p.schemaname = @schema and p.tablename = @name) as "Published"
        from pg_class c left join pg_roles r on r.rolname = @reader
        where c.oid = {Oid}
        """;

    private const string ColumnSql =
        $"select attname from pg_attribute where attrelid = {Oid} and attnum > 0 and not attisdropped order by attnum";

    private const string LooseSql = $"""
        select a.attname as "Key", format_type(a.atttypid, a.atttypmod) as "Value"
        from pg_attribute a join pg_type t on t.oid = a.atttypid left join pg_type b on b.oid = t.typbasetype left join pg_collation c on c.oid = a.attcollation
        where a.attrelid = {Oid} and a.attnum > 0 and not a.attisdropped
          and (coalesce(b.typname, t.typname) in ('bpchar', 'citext') or not c.collisdeterministic)
        """;

    private const string IdentitySql = $"""
        select a.attname from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        where c.oid = {Oid} and (c.relreplident = 'f' or exists (
            select from pg_index i where i.indrelid = c.oid and a.attnum = any(i.indkey)
            and case c.relreplident when 'd' then i.indisprimary when 'i' then i.indisreplident else false end))
        """;

    private const string CandidateSql = $"""
        select x.relname as "Name", array_agg(a.attname::text order by a.attnum) as "Columns"
        from pg_index i
        join pg_class x on x.oid = i.indexrelid
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
        where i.indrelid = {Oid} and i.indisunique and i.indisvalid and i.indimmediate
          and i.indpred is null and i.indexprs is null and i.indnatts = i.indnkeyatts
        group by x.relname having bool_and(a.attnotnull)
        """;

    /// <summary>The facts.</summary>
    /// <param name="connection">The source, as its owner.</param>
    /// <param name="publication">The name of our publication.</param>
    /// <param name="reader">The role of the adapters.</param>
    /// <param name="tables">The mapped tables.</param>
    public static async Task<SourceFacts> InspectAsync(
        NpgsqlConnection connection, string publication, string reader, IReadOnlyCollection<TableName> tables)
    {
        const string Sql = """
            select current_setting('wal_level') as "WalLevel", current_setting('max_slot_wal_keep_size') as "KeepSize",
                   exists (select from pg_roles where rolname = @reader and rolcanlogin) as "ReaderExists",
                   exists (select from pg_roles where rolname = @reader and (rolreplication or rolsuper)) as "ReaderReplicates",
                   exists (select from pg_publication where pubname = @publication) as "PublicationExists",
                   exists (select from pg_publication where pubname = @publication and puballtables) as "PublishesAll"
            """;
        var server = await connection.QuerySingleAsync<ServerRow>(Sql, new { reader, publication });
        var published = await connection.QueryAsync<(string Schema, string Name)>(
            "select schemaname, tablename from pg_publication_tables where pubname = @publication", new { publication });
        var strays = published.Select(table => new TableName(table.Schema, table.Name)).Except(tables).Select(table => table.Sql);
        var schemas = await connection.QueryAsync<string>(
            """
            select n.nspname from pg_namespace n join pg_roles r on r.rolname = @reader
            where n.nspname = any(@schemas) and not has_schema_privilege(r.oid, n.oid, 'usage')
            """,
            new { reader, schemas = tables.Select(table => table.Schema).Distinct(StringComparer.Ordinal).ToArray() });
        var facts = new List<SourceTableFacts>();
        foreach (var table in tables)
        {
            facts.Add(await InspectTableAsync(connection, publication, reader, table));
        }

        return new SourceFacts(
            server.WalLevel, server.KeepSize, reader, server.ReaderExists, server.ReaderReplicates, publication,
            server.PublicationExists, server.PublishesAll, [.. strays], [.. schemas], facts);
    }

    private static async Task<SourceTableFacts> InspectTableAsync(
        NpgsqlConnection connection, string publication, string reader, TableName table)
    {
        var values = new { schema = table.Schema, name = table.Name, publication, reader };
        var row = await connection.QuerySingleOrDefaultAsync<TableRow>(TableSql, values);
        var columns = await connection.QueryAsync<string>(ColumnSql, values);
        var loose = await connection.QueryAsync<KeyValuePair<string, string>>(LooseSql, values);
        var identity = await connection.QueryAsync<string>(IdentitySql, values);
        var candidates = await connection.QueryAsync<(string Name, string[] Columns)>(CandidateSql, values);
        return new SourceTableFacts(
            table, row?.Kind[0], [.. columns], [.. identity], [.. candidates.Select(index => new IndexFacts(index.Name, index.Columns))],
            row?.Published ?? false, row?.Readable ?? false)
        {
            LooseTypes = new Dictionary<string, string>(loose, StringComparer.Ordinal),
        };
    }

    private sealed record ServerRow(
        string WalLevel, string KeepSize, bool ReaderExists, bool ReaderReplicates, bool PublicationExists, bool PublishesAll);

    private sealed record TableRow(string Kind, bool? Readable, bool Published);
}
