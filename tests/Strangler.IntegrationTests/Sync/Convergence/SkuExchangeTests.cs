using Dapper;
using Npgsql;
using Shouldly;
using Strangler.Core.Adapters;

namespace Strangler.IntegrationTests.Sync.Convergence;

/// <summary>
/// A load that does nothing but exchange SKUs between live products, which the target demands to be unique: whatever order and whatever lane they
/// come in, one product stands in the way of another.
/// </summary>
public sealed class SkuExchangeTests(ChaosClusters clusters, ITestOutputHelper output) : IClassFixture<ChaosClusters>
{
    private const int Products = 60;
    private const int Writers = 2;
    private const int Exchanges = 400;

    [Fact]
    public async Task Follow_OnlySkusAreExchanged_KeepsUpAndConverges()
    {
        await using var lab = await ChaosLab.CreateAsync(clusters, Products);
        lab.Settings["Sync:Lanes"] = "4";
        await using var adapters = new ChaosAdapters(lab.Settings);
        adapters.Start();
        await adapters.SaysAsync("following", report => report.Streams.All(stream => stream.State == StreamStates.Following));

        var exchanging = Enumerable.Range(0, Writers).Select(writer => ExchangeAsync(lab, writer)).ToArray();
        var middle = TimeProvider.System.GetUtcNow();
        await adapters.SaysAsync("it keeps up", report => report.Streams[0].Watermark > middle);
        await Task.WhenAll(exchanging);
        var end = TimeProvider.System.GetUtcNow();
        await adapters.SaysAsync("all has come", report => report.Streams.All(stream => stream is { Waiting: 0, DeadLetters: 0 } && stream.Watermark > end));

        (await ChaosCheck.ViolationsAsync(lab, [])).ShouldBeEmpty();
        var log = adapters.Output;
        output.WriteLine($"{Writers * Exchanges} exchanges, the stream began anew {log.Split("Stream catalog: ").Length - 1} times, "
            + $"{(TimeProvider.System.GetUtcNow() - end).TotalSeconds:0.0} s after the last one");
    }

    private static async Task ExchangeAsync(ChaosLab lab, int writer)
    {
        var random = new Random(writer);
        await using var connection = new NpgsqlConnection(lab.Source);
        await connection.OpenAsync();
        for (var number = 0; number < Exchanges; number++)
        {
            // Each writer has products of its own, so that none waits for the other in the source.
            var id = 1 + writer + (Writers * random.Next(Products / Writers));
            var other = 1 + ((id - 1 + (Writers * random.Next(1, Products / Writers))) % Products);
            await using var transaction = await connection.BeginTransactionAsync();
            await connection.ExecuteAsync(Work.ExchangeSkus, new { id, other });
            await transaction.CommitAsync();
        }
    }
}
