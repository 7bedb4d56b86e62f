using System.Diagnostics;
using Dapper;
using Npgsql;
using Shouldly;

namespace Strangler.IntegrationTests.Sync.Triggers;

/// <summary>What the triggers cost the application's own statements; printed, as a shared machine proves nothing.</summary>
public sealed class TriggerCostTests(PlainClusters clusters, ITestOutputHelper output) : IClassFixture<PlainClusters>
{
    private const int Rounds = 5;

    [Fact]
    public async Task Write_WithAndWithoutTriggers_IsMeasured()
    {
        await using var lab = await clusters.LabAsync();
        await lab.AddProductsAsync(1, 10_000);
        await using var adapters = lab.Adapters();
        (await adapters.InstallAsync()).ExitCode.ShouldBe(0);
        await using var connection = new NpgsqlConnection(lab.SourceConnection);
        await connection.OpenAsync(TestContext.Current.CancellationToken);

        foreach (var (rows, statements) in new[] { (1000, 40), (1, 4000) })
        {
            var with = new List<double>();
            var without = new List<double>();
            for (var round = 0; round <= Rounds; round++)
            {
                foreach (var (mode, times) in new[] { ("enable always", with), ("disable", without) })
                {
                    await connection.ExecuteAsync($"alter table products {mode} trigger strangler_update; truncate strangler.change");
                    await connection.ExecuteAsync("vacuum products");
                    var seconds = await RunAsync(connection, rows, statements);
                    if (round > 0)
                    {
                        times.Add(seconds);
                    }
                }
            }

            with.Sort();
            without.Sort();
            output.WriteLine($"{statements} updates of {rows} row(s): median {without[Rounds / 2]:0.000} s without, {with[Rounds / 2]:0.000} s with triggers, "
                + $"{100 * (with[Rounds / 2] / without[Rounds / 2] - 1):+0;-0} %, {1e6 * (with[Rounds / 2] - without[Rounds / 2]) / statements:0.0} us a statement");
        }
    }

    private static async Task<double> RunAsync(NpgsqlConnection connection, int rows, int statements)
    {
        var began = Stopwatch.GetTimestamp();
        // On the server, so that round trips do not hide the cost; each statement a transaction of its own.
        await connection.ExecuteAsync($"""
            do $$ begin
                for i in 0 .. {statements - 1} loop
                    update products set weight_g = i where prod_id between (i * {rows}) % 9000 + 1 and (i * {rows}) % 9000 + {rows};
                    commit;
                end loop;
            end $$
            """);
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
