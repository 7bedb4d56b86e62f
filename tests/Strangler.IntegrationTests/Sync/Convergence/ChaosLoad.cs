using System.Collections.Concurrent;
using Dapper;
using Npgsql;

namespace Strangler.IntegrationTests.Sync.Convergence;

/// <summary>
/// Seeded writers in the source, each on products of its own and on a few that all write. Every transaction also writes an event with a token
/// that exists nowhere else; once its commit has been reported, the token must not be lost. What fails, as stores go away, is left.
/// </summary>
internal sealed class ChaosLoad(string connectionString, int seed, int products)
{
    private const int Writers = 3;
    private const int RangePerWriter = 1_000_000;
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(10);

    // How often each is drawn.
    private static readonly WorkKind[] Draw =
    [
        WorkKind.Insert, WorkKind.Insert, WorkKind.Insert, WorkKind.Update, WorkKind.Update, WorkKind.Delete, WorkKind.Delete, WorkKind.ReuseKey,
        WorkKind.ReuseKey, WorkKind.Replace, WorkKind.MoveChild, WorkKind.MoveChild, WorkKind.Sell, WorkKind.Sell, WorkKind.Sell, WorkKind.ExchangeSkus,
        WorkKind.ExchangeSkus, WorkKind.LargeValue, WorkKind.BesideLargeValue, WorkKind.HotKey, WorkKind.HotKey, WorkKind.ManyTables, WorkKind.SoftDelete,
        WorkKind.Savepoint, WorkKind.Rollback, WorkKind.Rollback,
    ];

    private readonly ConcurrentBag<string> _tokens = [];
    private readonly ConcurrentDictionary<WorkKind, int> _done = [];
    private int _failed;

    /// <summary>The tokens of events that were committed.</summary>
    public IReadOnlyCollection<string> Tokens => _tokens;

    /// <summary>Transactions by kind.</summary>
    public IReadOnlyDictionary<WorkKind, int> Done => _done;

    /// <summary>Transactions that failed: the source was away, or refused them.</summary>
    public int Failed => _failed;

    /// <summary>Writes until it is cancelled; no transaction is left half done.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(
    [
        .. Enumerable.Range(1, Writers).Select(writer => WriteAsync(writer, stop)),
        RepeatAsync("late", WorkKind.Late, TimeSpan.FromSeconds(1), stop),
        RepeatAsync("night", WorkKind.Nightly, TimeSpan.FromSeconds(5), stop),
        RepeatAsync("truncate", WorkKind.Truncate, TimeSpan.FromSeconds(11), stop),
    ]);

    private async Task WriteAsync(int writer, CancellationToken stop)
    {
        var random = new Random(seed + writer);
        var mine = Enumerable.Range(Work.HotProducts + 1, products - Work.HotProducts).Where(id => id % Writers == writer - 1).ToList();
        var free = new Queue<int>();
        var next = writer * RangePerWriter;
        await using var session = new ChaosSession(connectionString);
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var kind = Draw[random.Next(Draw.Length)];
            var index = random.Next(mine.Count);
            var id = kind == WorkKind.Insert ? ++next : kind == WorkKind.ReuseKey ? free.Count > 0 ? free.Dequeue() : ++next : mine[index];
            var values = new
            {
                id,
                other = mine[(index + 1 + random.Next(5)) % mine.Count],
                n = random.Next(1, 100),
                ids = mine.Skip(index).Take(random.Next(2, 40)).ToArray(),
            };
            var committed = await TryAsync(session, kind, $"{writer}-{number}", values, TimeSpan.Zero);
            if (committed && kind is WorkKind.Insert or WorkKind.ReuseKey)
            {
                mine.Add(id);
            }
            else if (committed && kind == WorkKind.Delete && mine.Count > 50)
            {
                mine.RemoveAt(index);
                free.Enqueue(id);
            }

            await Task.Delay(Breath, CancellationToken.None);
        }
    }

    private async Task RepeatAsync(string name, WorkKind kind, TimeSpan about, CancellationToken stop)
    {
        var random = new Random(seed ^ name.Length);
        await using var session = new ChaosSession(connectionString);
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            await Task.Delay(about * (0.2 + random.NextDouble()), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var values = new { id = products + 1 + number, other = 1, n = random.Next(1, 100), ids = Array.Empty<int>() };
            var late = kind == WorkKind.Late ? about * random.NextDouble() * 2 : TimeSpan.Zero;
            await TryAsync(session, kind, $"{name}-{number}", values, late);
        }
    }

    private async Task<bool> TryAsync(ChaosSession session, WorkKind kind, string token, object values, TimeSpan late)
    {
        try
        {
            var connection = await session.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
            await connection.ExecuteAsync("insert into chaos_event (token) values (@token)", new { token });
            await connection.ExecuteAsync(Work.Sql(kind == WorkKind.Late ? WorkKind.Insert : kind), values);
            await Task.Delay(late, CancellationToken.None);
            if (kind == WorkKind.Rollback)
            {
                await transaction.RollbackAsync(CancellationToken.None);
            }
            else
            {
                await transaction.CommitAsync(CancellationToken.None);
                _tokens.Add(token);
            }

            _done.AddOrUpdate(kind, 1, (_, count) => count + 1);
            return kind != WorkKind.Rollback;
        }
        catch (Exception e) when (e is NpgsqlException or IOException or InvalidOperationException)
        {
            Interlocked.Increment(ref _failed);
            return false;
        }
    }
}
