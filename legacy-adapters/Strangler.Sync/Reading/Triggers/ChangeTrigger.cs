using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reading.Triggers;

/// <summary>
/// One of our triggers on a mapped table: notes, once for each statement, which aggregates the statement has touched. It runs with its owner's
/// rights, so that the application needs none, and whatever happens to the table, it must not fail the application's statement.
/// </summary>
/// <param name="Table">The table.</param>
/// <param name="Event">What fires it: <c>insert</c>, <c>update</c>, <c>delete</c> or <c>truncate</c>.</param>
/// <param name="Columns">The columns by which the table's rows are routed.</param>
/// <param name="Limit">When the notes take this many bytes, it notes nothing more, except that it did not.</param>
internal sealed record ChangeTrigger(TableName Table, string Event, IReadOnlyCollection<string> Columns, long Limit)
{
    /// <summary>The most aggregates noted of one statement; of one that touches more, that the whole table may have changed.</summary>
    public const int MostKeys = 100_000;

    private const int LongestName = 63;
    private const string Truncate = "truncate";

    /// <summary>All events.</summary>
    public static IReadOnlyList<string> Events { get; } = ["insert", "update", "delete", Truncate];

    /// <summary>The trigger's name.</summary>
    public string Name => $"strangler_{Event}";

    /// <summary>The body of its function, as the catalog has it.</summary>
    public string Body => $"""

        declare
            cols text[];
            keys text[];
        begin
            if pg_relation_size(to_regclass('strangler.change')) is null then
                return null;
            end if;
        {Indent(Event == Truncate ? "cols := array[null];" : Find())}
            if cols is null then
                return null;
            end if;
            if pg_relation_size('strangler.change') >= {Limit} then
                -- Whoever empties the table waits for this lock, and by then the size has to be asked for again.
                lock table strangler.change in row exclusive mode;
                if pg_relation_size('strangler.change') >= {Limit} then
                    perform setval('strangler.missed', pg_current_xact_id()::text::bigint);
                    return null;
                end if;
            end if;
            insert into strangler.change (tbl, col, key) select '{Text($"{Table}")}', c, k from unnest(cols, keys) n (c, k);
            return null;
        end

        """;

    /// <summary>Makes or replaces its function.</summary>
    public string CreateFunction => $"""
        create or replace function {Function}() returns trigger language plpgsql security definer
        set search_path = pg_catalog, pg_temp as $strangler${Body}$strangler$
        """;

    /// <summary>Makes it. It fires for every writer, also for one that has set <c>session_replication_role</c>.</summary>
    public string Create
    {
        get
        {
            var rows = Event switch
            {
                "insert" => " referencing new table as new_rows",
                "update" => " referencing old table as old_rows new table as new_rows",
                "delete" => " referencing old table as old_rows",
                _ => "",
            };
            return $"create trigger {Name} after {Event} on {Table.Sql}{rows} for each statement execute function {Function}(); "
                + $"alter table {Table.Sql} enable always trigger {Name}";
        }
    }

    /// <summary>Replaces one that is there, in one transaction.</summary>
    public string Replace => $"drop trigger if exists {Name} on {Table.Sql}; {Create}";

    private string Function
    {
        get
        {
            var name = $"{Table}.{Event}";
            return $"strangler.{TableName.Quote(name.Length <= LongestName ? name : $"{name[..40]}~{EchoHash(name):x16}")}";
        }
    }

    // A savepoint that has only read takes no transaction number, so this costs the application next to nothing.
    private string Find() => $"""
        begin
            select array_agg(col), array_agg(key) into cols, keys from (
                {string.Join("\n        union ", Sources().SelectMany(rows => Columns.Select(column => Keys(rows, column))))}
                limit {MostKeys + 1}) found;
            if cardinality(cols) > {MostKeys} then
                cols := array[null];
                keys := null;
            end if;
        exception when others then
            -- A column is gone or renamed: what has changed cannot be told any more.
            cols := array[null];
            keys := null;
        end;
        """;

    private string[] Sources() => Event switch
    {
        "insert" => ["new_rows"],
        "delete" => ["old_rows"],
        _ => ["old_rows", "new_rows"],
    };

    // As the column's type prints itself: the engine reads keys in the same form.
    private static string Keys(string rows, string column) =>
        $"select distinct '{Text(column)}' as col, concat({TableName.Quote(column)}) as key from {rows} where {TableName.Quote(column)} is not null";

    private static string Text(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    private static string Indent(string text) => string.Join('\n', text.Split('\n').Select(line => "    " + line));

    private static ulong EchoHash(string name) => Applying.EchoTag.HashOf("function", name);
}
