using System.Diagnostics;
using Dapper;
using Npgsql;

namespace Strangler.IntegrationTests.Sync.Harm;

/// <summary>The monolith at work: seeded writes, one after the other, each timed.</summary>
internal sealed class WriteLoad(string source)
{
    private const int Products = 200;

    // A client that never rests would measure how the cores of one machine are shared, not what the adapters do to the store.
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(5);

    private const string Write = """
        begin;
        update products set price_cents = @price where prod_id = @product;
        update stock set qty = @price % 50 where prod_id = @product;
        commit
        """;

    /// <summary>Writes for a while.</summary>
    /// <param name="seed">Which products, in which order.</param>
    /// <param name="span">How long.</param>
    /// <returns>How long each transaction took, in milliseconds.</returns>
    public async Task<List<double>> RunAsync(int seed, TimeSpan span)
    {
        var random = new Random(seed);
        var times = new List<double>();
        await using var connection = new NpgsqlConnection(source);
        await connection.OpenAsync();
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < span;)
        {
            var at = Stopwatch.GetTimestamp();
            await connection.ExecuteAsync(Write, new { product = random.Next(1, Products + 1), price = random.Next(100, 10_000) });
            times.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
            await Task.Delay(Rest);
        }

        return times;
    }
}
