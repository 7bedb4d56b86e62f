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

    // An array costs the application's statement a small part of what a row for each key does. This many fit into a row without TOAST, as a rule.
    private const int KeysInARow = 100;

    private const int LongestName = 63;
    private const string Truncate = "truncate";

    /// <summary>All events.</summary>
    public static IReadOnlyList<string> Events { get; } = ["insert", "update", "delete", Truncate];

    /// <summary>The trigger's name.</summary>
    public string Name => $"strangler_{Event}";

    /// <summary>The body of its function, as the catalog has it.</summary>
    public string Body => $"""

        declare
            size bigint;
            everything boolean := false;{string.Concat(Columns.Select((_, i) => $"\n    {Keys(i)} text[];"))}
        begin
        {Indent(Event == Truncate ? "everything := true;" : Find)}
            size := pg_table_size(to_regclass('strangler.change'));
            if size is null then
                return null;
            end if;
            if size >= {Limit} then
                -- Whoever empties the table waits for this lock, and by then the size has to be asked for again.
                lock table strangler.change in row exclusive mode;
                if pg_table_size('strangler.change') >= {Limit} then
                    perform setval('strangler.missed', pg_current_xact_id()::text::bigint);
                    return null;
                end if;
            end if;
            if everything then
                insert into strangler.change (tbl) values ({TableName.Literal($"{Table}")});
                return null;
            end if;
        {Indent(string.Join('\n', Columns.Select(Note)))}
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
    private string Find => $"""
        begin
            {string.Join("\n    ", Columns.Select((column, i) => $"select array_agg(key) into {Keys(i)} from ({Distinct(column)} limit {MostKeys + 1}) found;"))}
            everything := greatest({string.Join(", ", Columns.Select((_, i) => $"cardinality({Keys(i)})"))}) > {MostKeys};
        exception when others then
            -- A column is gone or renamed: what has changed cannot be told any more.
            everything := true;
        end;
        if coalesce({string.Join(", ", Columns.Select((_, i) => Keys(i)))}) is null and not everything then
            return null;
        end if;
        """;

    // The usual statement touches few: a plan that knows how many there are would be made anew for each, and costs more than all the rest.
    private string Note(string column, int index) => $"""
        if cardinality({Keys(index)}) <= {KeysInARow} then
            insert into strangler.change (tbl, col, keys) values ({TableName.Literal($"{Table}")}, {TableName.Literal(column)}, {Keys(index)});
        else
            insert into strangler.change (tbl, col, keys)
            select {TableName.Literal($"{Table}")}, {TableName.Literal(column)}, {Keys(index)}[i:i + {KeysInARow - 1}] from generate_series(1, cardinality({Keys(index)}), {KeysInARow}) i;
        end if;
        """;

    private string[] Sources() => Event switch
    {
        "insert" => ["new_rows"],
        "delete" => ["old_rows"],
        _ => ["old_rows", "new_rows"],
    };

    // As the column's type prints itself: the engine reads keys in the same form.
    private string Distinct(string column) => string.Join(
        " union ",
        Sources().Select(rows => $"select concat({TableName.Quote(column)}) as key from {rows} where {TableName.Quote(column)} is not null"));

    private static string Keys(int column) => $"keys_{column}";

    private static string Indent(string text) => string.Join('\n', text.Split('\n').Select(line => "    " + line));

    private static ulong EchoHash(string name) => Applying.EchoTag.HashOf("function", name);
}
