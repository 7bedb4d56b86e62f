using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Npgsql;
using Strangler.Sync.Reading;
using Strangler.Sync.Reading.Triggers;
using Strangler.Sync.Streams;

namespace Strangler.Sync.Installing;

/// <summary>Looks at every store and says what an installation would do there. It changes nothing: its sessions can only read.</summary>
internal sealed class InstallPlanner(SyncBuilder builder, IConfiguration configuration, IOptions<SyncOptions> options)
{
    /// <summary>The plans, sources first.</summary>
    /// <param name="asOwner">Whether each store must be looked at as its owner, who installs; else as its owner if it is known.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">A connection string is missing.</exception>
    /// <exception cref="NpgsqlException">A store is away, or refuses.</exception>
    public async Task<IReadOnlyList<StorePlan>> PlanAsync(bool asOwner, CancellationToken cancellation)
    {
        var plans = new List<StorePlan>();
        foreach (var streams in builder.Definitions.GroupBy(definition => definition.Source, StringComparer.Ordinal))
        {
            plans.Add(await PlanAsync(streams.Key, streams.First().SourceOwner, isSource: true, [.. streams], asOwner, PlanSourceAsync, cancellation));
        }

        foreach (var streams in builder.Definitions.GroupBy(definition => definition.Target, StringComparer.Ordinal))
        {
            plans.Add(await PlanAsync(streams.Key, streams.First().TargetOwner, isSource: false, [.. streams], asOwner, PlanTargetAsync, cancellation));
        }

        return plans;
    }

    private async Task<StorePlan> PlanAsync(
        string store,
        string owner,
        bool isSource,
        IReadOnlyList<StreamDefinition> streams,
        bool asOwner,
        Func<NpgsqlConnection, string, IReadOnlyList<StreamDefinition>, Task<(InstallPlan Plan, IReadOnlyList<string> Notes)>> planAsync,
        CancellationToken cancellation)
    {
        var ordinary = PostgresStoreConnector.Required(configuration, store);
        var chosen = asOwner ? PostgresStoreConnector.Required(configuration, owner) : configuration.GetConnectionString(owner) ?? ordinary;
        await using var connection = new NpgsqlConnection(StoreConnection.Preview(chosen));
        await connection.OpenAsync(cancellation);
        var (plan, notes) = await planAsync(connection, RoleOf(ordinary, store), streams);
        return new StorePlan(store, isSource, [.. streams.Select(stream => stream.Name)], chosen, RoleOf(chosen, store), plan, notes);
    }

    private async Task<(InstallPlan Plan, IReadOnlyList<string> Notes)> PlanSourceAsync(
        NpgsqlConnection connection, string reader, IReadOnlyList<StreamDefinition> streams)
    {
        // One publication and one slot serve all streams of the source.
        var mappings = streams.SelectMany(stream => stream.Mappings).ToList();
        var router = new Router(mappings);
        var tables = streams.SelectMany(stream => stream.SourceTables).Distinct().ToList();
        var facts = await SourceInspector.InspectAsync(connection, options.Value.Publication, reader, tables);
        if (options.Value.Feed == ChangeFeedKind.Triggers)
        {
            var triggers = TriggerSchema.Triggers(router, tables, options.Value.TriggerBytes);
            return (await FenceAsync(await TriggerPlanner.PlanAsync(connection, facts, triggers), connection, reader, streams), []);
        }

        var slot = options.Value.Slot;
        var hasSlot = await connection.ExecuteScalarAsync<bool>("select exists (select from pg_replication_slots where slot_name = @slot)", new { slot });
        return (
            await FenceAsync(SourcePlanner.Plan(facts, tables.ToDictionary(table => table, router.RoutingColumns)), connection, reader, streams),
            hasSlot ? [] : [$"The adapters make the replication slot {slot} when they first run, and the source keeps its log for it from then on."]);
    }

    private async Task<InstallPlan> FenceAsync(InstallPlan plan, NpgsqlConnection connection, string role, IReadOnlyList<StreamDefinition> streams) =>
        options.Value.Fence ? await FencePlanner.AddAsync(plan, connection, role, [.. streams.Select(stream => (stream.Name, stream.SourceTables))]) : plan;

    private async Task<(InstallPlan Plan, IReadOnlyList<string> Notes)> PlanTargetAsync(
        NpgsqlConnection connection, string writer, IReadOnlyList<StreamDefinition> streams)
    {
        var plan = await TargetPlanner.PlanAsync(connection, writer, [.. streams.SelectMany(stream => stream.Mappings).SelectMany(mapping => mapping.Targets)]);
        foreach (var stream in streams)
        {
            plan = await OriginPlanner.AddAsync(plan, connection, writer, stream.Name, stream.IsOrdered ? 1 : options.Value.Lanes);
        }

        return (plan, []);
    }

    private static string RoleOf(string connectionString, string name) => new NpgsqlConnectionStringBuilder(connectionString).Username
        ?? throw new InvalidOperationException($"The connection string {name} has no user.");
}
