using Dapper;
using Npgsql;
using Shouldly;
using Strangler.Core.Adapters;

namespace Strangler.IntegrationTests.Sync.Modes;

/// <summary>Streams that keep the order of the source over all aggregates.</summary>
public sealed class OrderedTests(SharedClusters clusters, ITestOutputHelper output)
{
    private const int Accounts = 20;
    private const int Transfers = 400;

    [Fact]
    public async Task Follow_Transfers_TargetNeverShowsHalfOfOne()
    {
        await using var lab = await LabAsync();
        await using var adapters = await StartAsync(lab);
        using var stop = new CancellationTokenSource();
        var watching = SumsAsync(lab, stop.Token);

        await Task.WhenAll(TransferAsync(lab, 1), TransferAsync(lab, 2));
        await Eventually.TrueAsync("both tables are equal", async () =>
            await lab.SourceValueAsync<string>("select string_agg(id || '=' || amount, ',' order by id) from account")
            == await lab.TargetValueAsync<string>("select string_agg(id || '=' || amount, ',' order by id) from catalog.account"));
        await stop.CancelAsync();

        var (looks, sums) = await watching;
        output.WriteLine($"{looks} looks at the target, sums {string.Join(", ", sums)}");
        sums.ShouldBe([0L]);
        looks.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Follow_AggregateRefused_StreamWaitsAndGoesOnInOrder()
    {
        await using var lab = await LabAsync();
        await lab.TargetAsync("alter table catalog.account add check (amount < 1000)");
        await using var adapters = await StartAsync(lab);

        await lab.SourceAsync("update account set amount = 5000 where id = 1");
        await Eventually.TrueAsync("stopped", () => adapters.Stream.State == StreamStates.Stopped, () => $"{adapters.Stream}");
        adapters.Stream.Error!.ShouldStartWith("account 1: ");
        await lab.SourceAsync("update account set amount = 7 where id = 2");
        (await lab.TargetValueAsync<int>("select amount from catalog.account where id = 2")).ShouldBe(0);

        await lab.SourceAsync("update account set amount = 5 where id = 1");
        await Eventually.TrueAsync("both arrive", async () =>
            await lab.TargetValueAsync<long>("select sum(amount) from catalog.account") == 12);
        (await lab.TargetValueAsync<long>("select count(*) from sync.dead_letter")).ShouldBe(0);
    }

    private async Task<SyncLab> LabAsync()
    {
        var lab = await SyncLab.CreateAsync(clusters);
        await lab.SourceAsync(AccountMapping.SourceSchema);
        await lab.TargetAsync(AccountMapping.TargetSchema);
        await lab.SourceAsync($"insert into account select n, 0, null from generate_series(1, {Accounts}) n");
        return lab;
    }

    private static async Task<AdapterHost> StartAsync(SyncLab lab)
    {
        var adapters = AdapterHost.BuildOrdered(lab.Settings, new AccountMapping());
        var (code, said) = await adapters.InstallAsync();
        code.ShouldBe(0, said);
        await adapters.StartAsync();
        await Eventually.TrueAsync("following", () => adapters.Stream.State == StreamStates.Following, () => $"{adapters.Stream}");
        return adapters;
    }

    private static async Task TransferAsync(SyncLab lab, int seed)
    {
        var random = new Random(seed);
        await using var connection = new NpgsqlConnection(lab.SourceConnection);
        await connection.OpenAsync();
        for (var i = 0; i < Transfers; i++)
        {
            // In the order of their keys, so that two transfers cannot wait for each other.
            var from = random.Next(1, Accounts);
            var to = random.Next(from + 1, Accounts + 1);
            await connection.ExecuteAsync(
                "begin; update account set amount = amount - 1 where id = @from; update account set amount = amount + 1 where id = @to; commit", new { from, to });
        }
    }

    private static async Task<(int Looks, SortedSet<long> Sums)> SumsAsync(SyncLab lab, CancellationToken stop)
    {
        var looks = 0;
        var sums = new SortedSet<long>();
        await using var connection = new NpgsqlConnection(lab.TargetConnection);
        await connection.OpenAsync(CancellationToken.None);
        while (!stop.IsCancellationRequested)
        {
            sums.Add(await connection.ExecuteScalarAsync<long>("select sum(amount) from catalog.account"));
            looks++;
        }

        return (looks, sums);
    }
}
