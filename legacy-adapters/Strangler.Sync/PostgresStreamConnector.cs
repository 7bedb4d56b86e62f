using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Npgsql;
using Strangler.Sync.Applying;
using Strangler.Sync.Reading;
using Strangler.Sync.Status;

namespace Strangler.Sync;

/// <summary>PostgreSQL on both sides.</summary>
internal sealed class PostgresStreamConnector(
    IConfiguration configuration, IOptions<SyncOptions> options, SyncMeter meter, TimeProvider clock) : IStreamConnector
{
    /// <inheritdoc/>
    public StreamPorts Connect(StreamDefinition definition)
    {
        var from = Required(configuration, definition.Source);
        var source = NpgsqlDataSource.Create(StoreConnection.Source(from));
        var target = NpgsqlDataSource.Create(StoreConnection.Target(Required(configuration, definition.Target)));
        var names = new SlotNames(options.Value.Slot, options.Value.Publication);
        var router = new Router(definition.Mappings);
        return new StreamPorts(
            () => new PostgresChangeFeed(source, StoreConnection.Replication(from), names, router),
            new PostgresAggregateReader(source, definition.Mappings, meter, clock),
            new PostgresTargetWriter(target, definition.Name, definition.Mappings));
    }

    /// <summary>A connection string that must be there.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public static string Required(IConfiguration configuration, string name) => configuration.GetConnectionString(name)
        ?? throw new InvalidOperationException($"There is no connection string {name}: set ConnectionStrings__{name}.");
}
