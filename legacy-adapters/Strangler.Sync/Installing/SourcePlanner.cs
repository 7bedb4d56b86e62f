using Strangler.Sync.Mapping;

namespace Strangler.Sync.Installing;

/// <summary>
/// Plans the installation in the source. A table that is published without a replica identity refuses the application's own updates, so
/// the identity comes first, the publication after it, and never one for all tables.
/// </summary>
internal static class SourcePlanner
{
    /// <summary>The plan.</summary>
    /// <param name="facts">What was found.</param>
    /// <param name="routing">The columns by which each table's rows are routed.</param>
    public static InstallPlan Plan(SourceFacts facts, IReadOnlyDictionary<TableName, IReadOnlyCollection<string>> routing)
    {
        var statements = new List<string>();
        var warnings = new List<string>();
        var refusals = new List<string>();
        CheckServer(facts, warnings, refusals);
        foreach (var table in facts.Tables)
        {
            refusals.AddRange(LooseKeys(table, routing[table.Table]));
            PlanIdentity(table, routing[table.Table], statements, refusals);
        }

        PlanPublication(facts, statements, refusals);
        PlanGrants(facts, statements);
        return new InstallPlan(refusals.Count == 0 ? statements : [], warnings, refusals);
    }

    /// <summary>Why a table that is no plain one cannot be followed.</summary>
    public static string NotPlain(SourceTableFacts table) => table.Kind is null
        ? $"There is no table {table.Table}."
        : $"{table.Table} is not a plain table (relkind {table.Kind}): map its plain tables one by one.";

    /// <summary>
    /// Columns that cannot be keys: the engine carries keys as text, and a row whose key it wrote in another way than the source would be taken for deleted.
    /// </summary>
    public static IEnumerable<string> LooseKeys(SourceTableFacts table, IEnumerable<string> routing) => routing.Where(table.LooseTypes.ContainsKey).Select(
        column => $"{table.Table}.{column} is {table.LooseTypes[column]}, a type in which equal keys can be written in different ways: "
            + "rows are found by the text of their key, so use a column of type text, varchar, uuid or integer, such as one that is generated from it.");

    private static void CheckServer(SourceFacts facts, List<string> warnings, List<string> refusals)
    {
        if (facts.WalLevel != "logical")
        {
            refusals.Add($"wal_level is {facts.WalLevel}: set wal_level = logical and restart the server.");
        }

        if (facts.KeepSize == "-1")
        {
            warnings.Add(
                "max_slot_wal_keep_size is -1: while the adapters are away the server keeps its log without limit. "
                + "Set it to 10 to 20 % of the disk; a lost slot is refilled by itself.");
        }

        if (!facts.ReaderExists)
        {
            refusals.Add($"There is no role {facts.Reader} that may log in: create role {facts.Reader} login replication password '...'.");
        }
        else if (!facts.ReaderReplicates)
        {
            refusals.Add($"The role {facts.Reader} may not replicate: a superuser must run alter role {facts.Reader} replication.");
        }
    }

    private static void PlanIdentity(
        SourceTableFacts table, IReadOnlyCollection<string> routing, List<string> statements, List<string> refusals)
    {
        if (table.Kind != 'r')
        {
            refusals.Add(NotPlain(table));
            return;
        }

        var unknown = routing.Except(table.Columns, StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            refusals.Add($"{table.Table} has no column {string.Join(", ", unknown)}.");
        }
        else if (routing.Except(table.Identity, StringComparer.Ordinal).Any())
        {
            var index = table.Candidates
                .Where(candidate => !routing.Except(candidate.Columns, StringComparer.Ordinal).Any())
                .OrderBy(candidate => candidate.Columns.Count)
                .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
                .FirstOrDefault();
            if (index is null)
            {
                refusals.Add(
                    $"{table.Table} has no replica identity that contains {string.Join(", ", routing)}: deleted rows could not be routed, and without "
                    + "any identity the application's own updates would fail once the table is published. Create a unique index over columns that "
                    + "are never null, these among them; or, at a cost for every update, run alter table ... replica identity full.");
            }
            else
            {
                statements.Add($"alter table only {table.Table.Sql} replica identity using index {TableName.Quote(index.Name)}");
            }
        }
    }

    private static void PlanPublication(SourceFacts facts, List<string> statements, List<string> refusals)
    {
        var publication = TableName.Quote(facts.Publication);
        if (facts.PublishesAll)
        {
            refusals.Add($"The publication {facts.Publication} is for all tables, which can make the application's updates fail: drop it.");
        }
        else if (!facts.PublicationExists)
        {
            statements.Add($"create publication {publication} for table {string.Join(", ", facts.Tables.Select(table => table.Table.Sql))}");
        }
        else
        {
            statements.AddRange(facts.Tables.Where(table => !table.Published)
                .Select(table => $"alter publication {publication} add table {table.Table.Sql}"));
            statements.AddRange(facts.Strays.Select(stray => $"alter publication {publication} drop table {stray}"));
        }
    }

    /// <summary>Adds the rights to read what is mapped.</summary>
    public static void PlanGrants(SourceFacts facts, List<string> statements)
    {
        var reader = TableName.Quote(facts.Reader);
        statements.AddRange(facts.Schemas.Select(schema => $"grant usage on schema {TableName.Quote(schema)} to {reader}"));
        statements.AddRange(facts.Tables.Where(table => !table.Readable)
            .Select(table => $"grant select on {table.Table.Sql} to {reader}"));
    }
}
