using Shouldly;
using Strangler.Sync.Reading;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>What has been reported as written is there after the target's server was killed.</summary>
public sealed class WriterCrashTests(WriterCluster cluster) : IClassFixture<WriterCluster>
{
    [Fact]
    public async Task WriteAndLedger_ServerKilledRightAfter_AllIsThere()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var mapping = WriterMapping.Current;
        await using var session = await cluster.SessionAsync(origins: true);
        // Whoever runs the target may have chosen speed for all its roles.
        await cluster.Cluster.ExecuteAsync("postgres", "alter system set synchronous_commit = off", cancellation);
        await cluster.Cluster.ExecuteAsync("postgres", "select pg_reload_conf()", cancellation);
        var ports = session.Open();
        await ports.Ledger.BeginAsync(new SourceIdentity("7001", 1), "slot", new Lsn(100), cancellation);
        var at = await ports.Ledger.TakeOverAsync(1, cancellation);
        await Eventually.TrueAsync("the setting is read", async () => await session.Lab.TargetValueAsync<string>("show synchronous_commit") == "off");

        for (var round = 1; round <= 3; round++)
        {
            await ports.Writer.WriteAsync(WriterMapping.Write(at, 0, 110 + (ulong)round, mapping.State("a", round), mapping.State("refused", -1)), cancellation);
            await cluster.Cluster.Kill9Async();
            await cluster.Cluster.StartAsync(cancellation);

            (await session.RowsAsync()).ShouldBe($"a {round}");
            at = (await AgainAsync(() => ports.Ledger.PositionAsync(cancellation)))!;
            at.Lanes.ShouldBe([new Lsn(110 + (ulong)round)]);
            (await ports.Ledger.FailingAsync(cancellation)).ShouldBe([WriterMapping.Key("refused")]);
            await ports.Writer.CloseAsync();
        }

        await ports.Ledger.NoteAsync([WriterMapping.Key("noted")], new Lsn(200), cancellation);
        await cluster.Cluster.Kill9Async();
        await cluster.Cluster.StartAsync(cancellation);
        (await AgainAsync(() => ports.Ledger.PositionAsync(cancellation)))!.Low.ShouldBe(new Lsn(200));
        (await ports.Ledger.BacklogAsync(cancellation)).Blocking.ShouldBe(1);
    }

    // A pooled connection to the server that was killed fails once.
    private static async Task<T> AgainAsync<T>(Func<Task<T>> ask)
    {
        T? answer = default;
        await Eventually.TrueAsync("the ledger answers", async () =>
        {
            try
            {
                answer = await ask();
                return true;
            }
            catch (Npgsql.NpgsqlException)
            {
                return false;
            }
        });
        return answer!;
    }
}
