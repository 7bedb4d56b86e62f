using Dapper;
using Npgsql;
using Strangler.Core.Adapters;
using Strangler.Sync.Applying;
using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reconciling;

/// <summary>
/// Lets the engine bring aggregates over once more: it takes away the note that they have been applied and puts them on the list of keys to
/// read again. So the owner's present state wins, whatever was found when.
/// </summary>
internal sealed class Repairer(
    StreamDefinition definition,
    Func<AggregateMapping, CancellationToken, Task<BothSides>> open,
    NpgsqlDataSource target,
    ReconTables tables,
    StreamWatermark watermark,
    SyncOptions options,
    TimeProvider clock)
{
    private const int Page = 1000;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>Repairs, waits, and compares again.</summary>
    public async Task RunAsync(RepairJob job, RepairRequest request, CancellationToken cancellation)
    {
        var left = new List<DataDifference>();
        foreach (var page in job.Items.GroupBy(item => item.Entity, StringComparer.Ordinal).SelectMany(group => group.Chunk(Page)))
        {
            var mapping = definition.Mappings.First(mapping => mapping.Entity == page[0].Entity);
            var sides = await open(mapping, cancellation);
            var strays = page.Where(item => item.Kind == FindingKinds.Stray).ToList();
            var keys = page.Except(strays).Select(item => item.Key).Distinct(StringComparer.Ordinal).ToArray();
            await target.InTransactionAsync(connection => WriteAsync(connection, sides, page, keys, strays, job, request, cancellation), cancellation);
            await WaitAsync(mapping.Entity, keys, cancellation);
            left.AddRange(await LeftAsync(sides, page, keys, cancellation));
            job.Progress([.. left, .. job.Items.SkipWhile(item => item != page[^1]).Skip(1)]);
        }
    }

    private async Task WriteAsync(
        NpgsqlConnection connection,
        BothSides sides,
        IReadOnlyList<DataDifference> page,
        string[] keys,
        List<DataDifference> strays,
        RepairJob job,
        RepairRequest request,
        CancellationToken cancellation)
    {
        const string Audit = """
            insert into sync.repair_audit (stream, run, actor, reason, entity, key, kind)
            select @stream, @run, @actor, @reason, @entity, key, kind from unnest(@allKeys, @kinds) as n (key, kind)
            """;
        const string Dirty = """
            update sync.applied set hash = ''::bytea where entity = @entity and key = any(@keys);
            insert into sync.dirty (stream, entity, key, reason) select @stream, @entity, k, 'repair' from unnest(@keys) k order by k
            on conflict (stream, entity, key) do update set stamp = default, reason = 'repair', not_before = now()
            """;
        var values = new
        {
            stream = definition.Name,
            run = job.Run,
            actor = request.Actor ?? "",
            reason = request.Reason ?? "",
            entity = sides.Mapping.Entity,
            keys,
            allKeys = page.Select(item => item.Key).ToArray(),
            kinds = page.Select(item => item.Kind).ToArray(),
        };
        await connection.ExecuteAsync(new CommandDefinition(Audit, values, cancellationToken: cancellation));
        await connection.ExecuteAsync(new CommandDefinition(Dirty, values, cancellationToken: cancellation));
        if (strays.Count > 0)
        {
            await DeleteAsync(connection, sides, [.. strays.Select(item => item.Key)], cancellation);
        }
    }

    /// <summary>No key of the source leads to these rows, so the engine would never come by: they are deleted here.</summary>
    private static async Task DeleteAsync(NpgsqlConnection connection, BothSides sides, IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        var column = sides.Target.Root!.AggregateColumn!;
        var type = Nullable.GetUnderlyingType(column.Type) ?? column.Type;
        var array = KeyValue.Array([.. keys.Select(key => type == typeof(byte[]) ? key : AggregateKey.Parse(key, type))], type);
        foreach (var table in sides.Mapping.Targets.Reverse().Where(table => table.Kind == TargetKind.Owned))
        {
            await using var command = new NpgsqlCommand(new TableSql(table).DeleteAll, connection);
            command.Parameters.Add(new NpgsqlParameter { Value = array });
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    private async Task WaitAsync(string entity, string[] keys, CancellationToken cancellation)
    {
        var end = clock.GetUtcNow() + options.CompareSettle;
        while (clock.GetUtcNow() < end
            && (await tables.WaitingAsync(entity, keys, cancellation)).ContainsValue(FindingKinds.Waiting))
        {
            await Task.Delay(Poll, clock, cancellation);
        }
    }

    private async Task<IEnumerable<DataDifference>> LeftAsync(BothSides sides, IReadOnlyList<DataDifference> page, string[] keys, CancellationToken cancellation)
    {
        var job = new CompareJob(0, definition.Name, "repair", clock);
        var suspects = keys.Length == 0 ? [] : (await sides.ReadAgainAsync(keys, cancellation)).Where(aggregate => !aggregate.AreEqual).ToList();
        await new Settler(sides, watermark, tables, options, job).SettleAsync(suspects, cancellation);
        var differ = job.Items.ToDictionary(item => item.Key, StringComparer.Ordinal);
        return page.Where(item => item.Kind != FindingKinds.Stray && differ.ContainsKey(item.Key)).Select(item => differ[item.Key]);
    }
}
