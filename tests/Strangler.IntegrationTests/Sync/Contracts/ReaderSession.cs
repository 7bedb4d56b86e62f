using Dapper;
using Npgsql;
using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>A source with products and with oddly named things, and a reader of both that has no more rights than to read.</summary>
internal sealed class ReaderSession : IAsyncDisposable
{
    private readonly AdapterHost _adapters;

    private ReaderSession(SyncLab lab)
    {
        Lab = lab;
        _adapters = AdapterHost.Build(lab.Settings, SyncLab.Mapping, Odd);
        Reader = _adapters.SourcePorts().Reader;
        Waits = _adapters.Count("strangler.sync.visibility.waits");
    }

    /// <summary>The mapping of what has odd names.</summary>
    public static OddReaderMapping Odd { get; } = new();

    /// <summary>The stores.</summary>
    public SyncLab Lab { get; }

    /// <summary>The reader.</summary>
    public IAggregateReader Reader { get; }

    /// <summary>How often it has waited for a transaction.</summary>
    public Counted Waits { get; }

    /// <summary>Opens one on a source with this many products.</summary>
    public static async Task<ReaderSession> OpenAsync(SharedClusters clusters, int products)
    {
        var lab = await SyncLab.CreateAsync(clusters);
        await lab.AddProductsAsync(1, products);
        await lab.SourceAsync(OddReaderMapping.SourceSchema);
        await lab.SourceAsync("grant select on all tables in schema public to strangler_reader");
        return new ReaderSession(lab);
    }

    /// <summary>Keys of products.</summary>
    public static DirtyKey[] Products(params int[] numbers) => [.. numbers.Select(number => new DirtyKey("product", $"{number}"))];

    /// <summary>What a product looks like: its name and the number of its images; null when it is missing.</summary>
    public static string? Look(IEnumerable<SourceAggregate> aggregates, int number)
    {
        var rows = aggregates.Single(aggregate => aggregate.Mapping == SyncLab.Mapping && aggregate.Key == $"{number}").Rows;
        return rows.Of(SyncLab.Mapping.Root).SingleOrDefault() is { } root ? $"{root.Name} {rows.Of(SyncLab.Mapping.Images).Count()}" : null;
    }

    /// <summary>All keys, page by page.</summary>
    /// <param name="mapping">The kind of aggregate.</param>
    /// <param name="page">The size of a page.</param>
    /// <param name="between">What happens between two pages.</param>
    public async Task<List<string>> AllKeysAsync(AggregateMapping mapping, int page, Func<Task>? between = null)
    {
        var all = new List<string>();
        while (true)
        {
            var keys = await Reader.KeysAsync(mapping, all.LastOrDefault(), page, TestContext.Current.CancellationToken);
            all.AddRange(keys);
            if (keys.Count < page)
            {
                return all;
            }

            if (between is not null)
            {
                await between();
            }
        }
    }

    /// <summary>Begins a transaction in the source; returns its number too.</summary>
    public async Task<(NpgsqlConnection Connection, uint Xid)> BeginAsync(string sql)
    {
        var connection = new NpgsqlConnection(Lab.SourceConnection);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync($"begin; {sql}");
        return (connection, (uint)await connection.ExecuteScalarAsync<long>("select pg_current_xact_id()::text::bigint & 4294967295"));
    }

    /// <summary>Returns when the reader waits for somebody's lock.</summary>
    public Task WaitsForLockAsync() => Eventually.TrueAsync("the reader waits for a lock", async () => await CountAsync("wait_event_type = 'Lock'") == 1);

    /// <summary>Returns when none of the reader's sessions has a transaction.</summary>
    public Task HasNoTransactionAsync() => Eventually.TrueAsync("the reader has no transaction open", async () => await CountAsync("xact_start is not null") == 0);

    public async ValueTask DisposeAsync()
    {
        Waits.Dispose();
        await _adapters.DisposeAsync();
        await Lab.DisposeAsync();
    }

    private Task<long> CountAsync(string condition) => Lab.SourceValueAsync<long>(
        $"select count(*) from pg_stat_activity where datname = current_database() and usename = 'strangler_reader' and {condition}");
}
