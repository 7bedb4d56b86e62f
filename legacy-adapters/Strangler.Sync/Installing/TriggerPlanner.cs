using Dapper;
using Npgsql;
using Strangler.Sync.Mapping;
using Strangler.Sync.Reading.Triggers;

namespace Strangler.Sync.Installing;

/// <summary>Plans the installation in a source that is followed by triggers.</summary>
internal static class TriggerPlanner
{
    private const string TableSql = """
        select exists (select from pg_inherits where inhrelid = c.oid or inhparent = c.oid) as "Inherits",
               exists (select from pg_subscription_rel s where s.srrelid = c.oid) as "Subscribed"
        from pg_class c where c.oid = to_regclass(@table)
        """;

    /// <summary>The plan.</summary>
    /// <param name="source">The source, as its owner.</param>
    /// <param name="facts">What was found in it.</param>
    /// <param name="triggers">The triggers that the mappings need.</param>
    public static async Task<InstallPlan> PlanAsync(NpgsqlConnection source, SourceFacts facts, IReadOnlyList<ChangeTrigger> triggers)
    {
        var refusals = new List<string>();
        if (!facts.ReaderExists)
        {
            refusals.Add($"There is no role {facts.Reader} that may log in: create role {facts.Reader} login password '...'.");
        }

        foreach (var table in facts.Tables)
        {
            var routing = triggers.First(trigger => trigger.Table == table.Table).Columns;
            refusals.AddRange(SourcePlanner.LooseKeys(table, routing));
            refusals.AddRange(await RefuseAsync(source, table, routing));
        }

        if (refusals.Count > 0)
        {
            return new InstallPlan([], [], refusals);
        }

        var reader = TableName.Quote(facts.Reader);
        var statements = new List<string>();
        if (!await source.ExecuteScalarAsync<bool>("select to_regnamespace(@Name) is not null", new { TriggerSchema.Name }))
        {
            statements.Add($"create schema {TriggerSchema.Name}");
            statements.Add($"grant usage on schema {TriggerSchema.Name} to {reader}");
        }

        foreach (var (name, create, rights) in TriggerSchema.Objects)
        {
            if (!await source.ExecuteScalarAsync<bool>("select to_regclass(@name) is not null", new { name }))
            {
                statements.Add(create);
                statements.Add($"grant {rights} {name} to {reader}");
            }
        }

        var missing = await TriggerInspector.MissingAsync(source, triggers, CancellationToken.None);
        if (missing.Count > 0)
        {
            // First of all: nobody follows the source until all triggers are there, and whoever does then reads everything again.
            statements.Add(TriggerSchema.SetMissed);
        }

        statements.AddRange(missing.SelectMany(trigger => new[] { trigger.CreateFunction, trigger.Replace }));
        SourcePlanner.PlanGrants(facts, statements);
        return new InstallPlan(statements, [], []);
    }

    private static async Task<IEnumerable<string>> RefuseAsync(NpgsqlConnection source, SourceTableFacts table, IReadOnlyCollection<string> routing)
    {
        if (table.Kind != 'r')
        {
            return [SourcePlanner.NotPlain(table)];
        }

        var unknown = routing.Except(table.Columns, StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            return [$"{table.Table} has no column {string.Join(", ", unknown)}."];
        }

        var (inherits, subscribed) = await source.QuerySingleAsync<(bool Inherits, bool Subscribed)>(TableSql, new { table = table.Table.Sql });
        return (inherits, subscribed) switch
        {
            (true, _) => [$"{table.Table} is a partition, inherits or is inherited from: a statement on the other table fires no trigger of this one. Use Sync:Feed = Logical."],
            (_, true) => [$"{table.Table} is written by a subscription, which fires no statement triggers. Use Sync:Feed = Logical, or follow its publisher."],
            _ => [],
        };
    }
}
