using Dapper;
using Npgsql;
using Shop.Adapters.Catalog;
using Shop.Adapters.Inventory;

namespace Strangler.IntegrationTests.Sync.Convergence;

/// <summary>What is wrong with the targets after everything has come to rest: a line for each row, key or token.</summary>
internal static class ChaosCheck
{
    private static readonly ProductMapping Products = new();
    private static readonly ItemMapping Items = new();

    /// <summary>Reads all stores whole.</summary>
    /// <param name="lab">The stores.</param>
    /// <param name="acknowledged">Tokens whose commits the source has reported.</param>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(ChaosLab lab, IReadOnlyCollection<string> acknowledged)
    {
        var violations = new List<string>();
        violations.AddRange(await TargetCheck.DifferencesAsync(lab.SourceSuperuser, lab.Catalog, Products));
        violations.AddRange(await TargetCheck.DifferencesAsync(lab.SourceSuperuser, lab.Inventory, Items));
        violations.AddRange(await KeysAsync(lab, lab.Catalog, "product", "select prod_id::text from products"));
        violations.AddRange(await KeysAsync(lab, lab.Inventory, "item", "select prod_id::text from products"));
        violations.AddRange(await KeysAsync(lab, lab.Events, "event", "select id::text from chaos_event"));
        violations.AddRange(await TokensAsync(lab, acknowledged));
        foreach (var target in new[] { lab.Catalog, lab.Inventory, lab.Events })
        {
            violations.AddRange(await RowsAsync(target, "select 'dead letter ' || entity || ' ' || key || ': ' || message from sync.dead_letter"));
            violations.AddRange(await RowsAsync(target, "select 'waits ' || entity || ' ' || key || ': ' || reason from sync.dirty"));
        }

        violations.AddRange(await RowsAsync(lab.Catalog, """
            select 'went back: product ' || number || ' from version ' || before || ' to ' || version
            from (select number, version, lag(version) over (partition by number order by id) as before from catalog.chaos_audit) a
            where version < before
            """));
        return violations;
    }

    private static async Task<IEnumerable<string>> KeysAsync(ChaosLab lab, string target, string entity, string sourceKeys)
    {
        var wanted = (await RowsAsync(lab.SourceSuperuser, sourceKeys)).ToHashSet(StringComparer.Ordinal);
        var applied = (await RowsAsync(target, $"select key from sync.applied where entity = '{entity}'")).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. wanted.Except(applied, StringComparer.Ordinal).Select(key => $"not noted as applied: {entity} {key}"),
            .. applied.Except(wanted, StringComparer.Ordinal).Select(key => $"noted as applied, but gone: {entity} {key}"),
        ];
    }

    private static async Task<IEnumerable<string>> TokensAsync(ChaosLab lab, IReadOnlyCollection<string> acknowledged)
    {
        var wanted = (await RowsAsync(lab.SourceSuperuser, "select token from chaos_event")).ToHashSet(StringComparer.Ordinal);
        var arrived = (await RowsAsync(lab.Events, "select token from events.chaos_event_log")).ToLookup(token => token, StringComparer.Ordinal);
        return
        [
            .. acknowledged.Where(token => !wanted.Contains(token)).Select(token => $"the source itself has lost token {token}"),
            .. wanted.Where(token => !arrived.Contains(token)).Select(token => $"lost token {token}"),
            .. arrived.Where(token => token.Skip(1).Any()).Select(token => $"doubled token {token.Key}"),
            .. arrived.Where(token => !wanted.Contains(token.Key)).Select(token => $"unknown token {token.Key}"),
        ];
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(string store, string sql)
    {
        await using var connection = new NpgsqlConnection(store);
        return [.. await connection.QueryAsync<string>(sql)];
    }
}
