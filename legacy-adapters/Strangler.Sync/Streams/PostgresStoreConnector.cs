using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Npgsql;
using Strangler.Sync.Applying;
using Strangler.Sync.Fencing;
using Strangler.Sync.Reading;
using Strangler.Sync.Reading.Triggers;
using Strangler.Sync.Status;

namespace Strangler.Sync.Streams;

/// <summary>PostgreSQL on both sides.</summary>
internal sealed class PostgresStoreConnector(
    IConfiguration configuration, IOptions<SyncOptions> options, SyncMeter meter, TimeProvider clock) : IStoreConnector, IAsyncDisposable
{
    // As long as requests may be held at the edge.
    private static readonly TimeSpan FencePatience = TimeSpan.FromSeconds(10);

    // By then a stream whose target makes no room is journaled, and the adapters take what is sent again.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly List<NpgsqlDataSource> _pools = [];

    /// <inheritdoc/>
    public SourcePorts Source(string name, IReadOnlyList<StreamDefinition> streams)
    {
        var given = Required(configuration, name);
        var reading = StoreConnection.Source(given, options.Value.SourceConnections);
        var source = Pool(reading);
        var names = new SlotNames(options.Value.Slot, options.Value.Publication);
        var mappings = streams.SelectMany(stream => stream.Mappings).ToList();
        var router = new Router(mappings);
        if (options.Value.Feed == ChangeFeedKind.Triggers && streams.FirstOrDefault(stream => stream.IsOrdered) is { } ordered)
        {
            throw new InvalidOperationException(
                $"The stream {ordered.Name} is ordered, which needs positions of the source's log: use Sync:Feed = Logical, or AddStream.");
        }

        return new SourcePorts(
            () => options.Value.Feed == ChangeFeedKind.Triggers
                ? new TriggerChangeFeed(source, StoreConnection.Lasting(reading), mappings, options.Value, clock)
                : new PostgresChangeFeed(source, StoreConnection.Replication(given, options.Value.JournalAfter + Grace), names, router),
            new PostgresAggregateReader(source, mappings, meter, clock),
            new PostgresLeadership(StoreConnection.Lasting(reading), names.Slot, clock),
            source.Clear);
    }

    /// <inheritdoc/>
    public TargetPorts Target(StreamDefinition stream)
    {
        var writing = StoreConnection.Target(Required(configuration, stream.Target));
        return new TargetPorts(
            new PostgresTargetWriter(StoreConnection.Lasting(writing), stream.Name, stream.Mappings, options.Value.Lanes, clock),
            new PostgresLedger(Pool(writing), stream.Name));
    }

    /// <inheritdoc/>
    public IFence Fence(string name) => new PostgresFence(Pool(StoreConnection.Fence(Required(configuration, name))), FencePatience, clock);

    /// <summary>Closes what is open.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools)
        {
            await pool.DisposeAsync();
        }
    }

    /// <summary>A connection string that must be there.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public static string Required(IConfiguration configuration, string name) => configuration.GetConnectionString(name)
        ?? throw new InvalidOperationException($"There is no connection string {name}: set ConnectionStrings__{name}.");

    private NpgsqlDataSource Pool(string connectionString)
    {
        var pool = NpgsqlDataSource.Create(connectionString);
        _pools.Add(pool);
        return pool;
    }
}
