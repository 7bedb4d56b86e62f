using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Npgsql;
using Strangler.Sync.Reading;
using Strangler.Sync.Streams;

namespace Strangler.Sync.Installing;

/// <summary>Checks both stores of every stream, then makes what is missing. Nothing is touched when anything is refused.</summary>
internal sealed class Installer(SyncBuilder builder, IConfiguration configuration, IOptions<SyncOptions> options)
{
    /// <summary>Runs it; each statement is written to the output before it runs.</summary>
    /// <returns>0 when all is in place, 1 when something was refused or failed.</returns>
    public async Task<int> RunAsync(TextWriter output, CancellationToken cancellation)
    {
        try
        {
            var done = true;
            foreach (var definition in builder.Definitions)
            {
                done &= await InstallAsync(definition, output, cancellation);
            }

            return done ? 0 : 1;
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            await output.WriteLineAsync($"failed: {e.Message}");
            return 1;
        }
    }

    private async Task<bool> InstallAsync(StreamDefinition definition, TextWriter output, CancellationToken cancellation)
    {
        await using var source = await OpenAsync(definition.SourceOwner, cancellation);
        await using var target = await OpenAsync(definition.TargetOwner, cancellation);
        // One publication serves all streams of the source.
        var mappings = builder.Definitions.Where(other => other.Source == definition.Source).SelectMany(other => other.Mappings).ToList();
        var router = new Router(mappings);
        var tables = mappings.SelectMany(mapping => mapping.Sources).Select(table => table.Name).Distinct().ToList();
        var facts = await SourceInspector.InspectAsync(source, options.Value.Publication, Role(definition.Source), tables);
        var sourcePlan = SourcePlanner.Plan(facts, tables.ToDictionary(table => table, router.RoutingColumns));
        var targetPlan = await TargetPlanner.PlanAsync(
            target, Role(definition.Target), [.. definition.Mappings.SelectMany(mapping => mapping.Targets)]);
        targetPlan = await OriginPlanner.AddAsync(targetPlan, target, Role(definition.Target), definition.Name, definition.IsOrdered ? 1 : options.Value.Lanes);
        foreach (var warning in sourcePlan.Warnings.Concat(targetPlan.Warnings))
        {
            await output.WriteLineAsync($"warning: {warning}");
        }

        List<string> refusals = [.. sourcePlan.Refusals, .. targetPlan.Refusals];
        foreach (var refusal in refusals)
        {
            await output.WriteLineAsync($"refused: {refusal}");
        }

        if (refusals.Count > 0)
        {
            return false;
        }

        await RunAsync(source, definition.Source, sourcePlan, output, cancellation);
        await RunAsync(target, definition.Target, targetPlan, output, cancellation);
        return true;
    }

    private static async Task RunAsync(
        NpgsqlConnection connection, string store, InstallPlan plan, TextWriter output, CancellationToken cancellation)
    {
        if (plan.Statements.Count == 0)
        {
            await output.WriteLineAsync($"{store}: everything is in place");
        }

        foreach (var statement in plan.Statements)
        {
            cancellation.ThrowIfCancellationRequested();
            await output.WriteLineAsync($"{store}: {statement}");
            await connection.ExecuteAsync(statement);
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(string name, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(StoreConnection.Install(PostgresStoreConnector.Required(configuration, name)));
        await connection.OpenAsync(cancellation);
        return connection;
    }

    private string Role(string name) => new NpgsqlConnectionStringBuilder(PostgresStoreConnector.Required(configuration, name)).Username
        ?? throw new InvalidOperationException($"The connection string {name} has no user.");
}
