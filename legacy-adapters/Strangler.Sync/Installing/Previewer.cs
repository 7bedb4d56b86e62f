using Npgsql;
using Strangler.Core.Adapters;

namespace Strangler.Sync.Installing;

/// <summary>Says what an installation would do, and what the mappings read and write.</summary>
internal sealed class Previewer(SyncBuilder builder, InstallPlanner planner)
{
    /// <summary>The preview; nothing is touched.</summary>
    /// <exception cref="InvalidOperationException">A connection string is missing.</exception>
    /// <exception cref="NpgsqlException">A store is away, or refuses.</exception>
    public async Task<InstallPreview> LookAsync(CancellationToken cancellation)
    {
        var plans = await planner.PlanAsync(asOwner: false, cancellation);
        return new InstallPreview(
            plans.All(store => store.Plan.Refusals.Count == 0),
            [
                .. plans.Select(store => new StorePreview(
                    store.Store, store.IsSource ? "source" : "target", store.Streams, store.Role, store.Plan.Statements, store.Plan.Warnings,
                    store.Plan.Refusals, store.Notes)),
            ],
            [.. builder.Definitions.SelectMany(stream => stream.Mappings, Entity)]);
    }

    /// <summary>Writes it for people.</summary>
    /// <returns>0; 1 when an installation would be refused, or a store is away.</returns>
    public async Task<int> RunAsync(TextWriter output, CancellationToken cancellation)
    {
        try
        {
            var preview = await LookAsync(cancellation);
            foreach (var line in PreviewText.Lines(preview))
            {
                await output.WriteLineAsync(line.Text);
            }

            return preview.Possible ? 0 : 1;
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            await output.WriteLineAsync($"failed: {e.Message}");
            return 1;
        }
    }

    private static EntityPreview Entity(StreamDefinition stream, Mapping.AggregateMapping mapping) => new(
        stream.Name,
        mapping.Entity,
        mapping.Version,
        [.. mapping.Sources.Select(table => table.Name.ToString())],
        [.. mapping.Fields.Select(field => new FieldPreview(field.Table.ToString(), field.Column, field.Owner ?? stream.Name))]);
}
