using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Strangler.Sync;

namespace Strangler.Benchmarks.Syncing;

/// <summary>
/// What the triggers of the change feed cost a client that writes: beside no trigger, and beside the trigger on each row that audit and replication
/// tools use. All write by turns, so that the noise of the machine meets each.
/// </summary>
internal static class TriggerBenchmark
{
    private const int Items = 100_000;
    private const int Rounds = 9;

    private const string RowTrigger = """
        create table noted (id bigint generated always as identity primary key, tbl text, key text);
        create function note_row() returns trigger language plpgsql as $f$ begin insert into noted (tbl, key) values ('item', new.id::text); return null; end $f$;
        create trigger each_row after update on item for each row execute function note_row()
        """;

    private static readonly (string Name, string Trigger)[] Kinds =
    [
        ("no trigger", ""), ("statement triggers of the feed", "strangler_update"), ("a trigger on each row", "each_row"),
    ];

    public static async Task RunAsync(SyncPair pair)
    {
        await pair.RenewAsync();
        await using var adapters = BenchAdapters.Build(pair, images: false, lanes: 1, Path.GetTempPath(), ChangeFeedKind.Triggers);
        await BenchAdapters.InstallAsync(adapters);
        await pair.LoadOneTransactionAsync(Items);
        await pair.SourceAsync(RowTrigger);
        await using var source = new NpgsqlConnection(pair.Source);
        await source.OpenAsync();
        foreach (var (rows, statements) in new[] { (1, 2000), (10, 1000), (1000, 40) })
        {
            Console.WriteLine($"updates of {rows:N0} row(s) by primary key, each a transaction that is flushed to disk; the median of {Rounds} rounds by turns");
            var times = Kinds.ToDictionary(kind => kind.Name, _ => new List<double>(), StringComparer.Ordinal);
            for (var round = 0; round <= Rounds; round++)
            {
                foreach (var (name, trigger) in Kinds)
                {
                    await PrepareAsync(source, trigger);
                    var took = await MeasureAsync(source, rows, statements);
                    if (round > 0)
                    {
                        times[name].Add(took);
                    }
                }
            }

            var plain = Median(times[Kinds[0].Name]);
            foreach (var (name, _) in Kinds)
            {
                var median = Median(times[name]);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-32} {median,8:0} us a statement   ratio {median / plain:0.00}"));
            }
        }
    }

    private static async Task PrepareAsync(NpgsqlConnection source, string trigger)
    {
        var enable = trigger.Length == 0 ? "" : $"alter table item enable always trigger {trigger};";
        foreach (var sql in new[] { $"alter table item disable trigger all; {enable} truncate strangler.change, noted", "vacuum item", "checkpoint" })
        {
            await using var command = new NpgsqlCommand(sql, source);
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<double> MeasureAsync(NpgsqlConnection source, int rows, int statements)
    {
        await using var update = new NpgsqlCommand("update item set qty = qty + 1 where id between $1 and $2", source) { Parameters = { new NpgsqlParameter<int>(), new NpgsqlParameter<int>() } };
        await update.PrepareAsync();
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < statements; i++)
        {
            var first = (i * rows % (Items - rows)) + 1;
            update.Parameters[0].Value = first;
            update.Parameters[1].Value = first + rows - 1;
            await update.ExecuteNonQueryAsync();
        }

        return Stopwatch.GetElapsedTime(began).TotalMicroseconds / statements;
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }
}
