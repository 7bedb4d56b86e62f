using Dapper;
using Npgsql;

namespace Strangler.Sync.Reading.Triggers;

/// <summary>Looks whether our triggers are in the source as they have to be.</summary>
internal static class TriggerInspector
{
    private const string Sql = """
        select n.nspname || '.' || c.relname as "Table", t.tgname::text as "Name", t.tgenabled = 'A' as "Always", p.prosrc as "Body"
        from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace join pg_proc p on p.oid = t.tgfoid
        where not t.tgisinternal and t.tgname like 'strangler\_%'
        """;

    /// <summary>Those that are missing, switched off or of another version.</summary>
    public static async Task<IReadOnlyList<ChangeTrigger>> MissingAsync(
        NpgsqlConnection source, IReadOnlyList<ChangeTrigger> triggers, CancellationToken cancellation)
    {
        var found = await source.QueryAsync<Row>(new CommandDefinition(Sql, cancellationToken: cancellation));
        var good = found.Where(row => row.Always).ToDictionary(row => (row.Table, row.Name), row => row.Body);
        return [.. triggers.Where(trigger => good.GetValueOrDefault(($"{trigger.Table}", trigger.Name)) != trigger.Body)];
    }

    private sealed record Row(string Table, string Name, bool Always, string Body);
}
