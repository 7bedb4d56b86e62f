using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reading;

/// <summary>Says which aggregates read a table, and by which of its columns.</summary>
internal sealed class Router
{
    private readonly Dictionary<TableName, List<(AggregateMapping Mapping, SourceTable Source)>> _routes = [];

    /// <summary>A router for these mappings; several may read one table.</summary>
    public Router(IEnumerable<AggregateMapping> mappings)
    {
        foreach (var mapping in mappings)
        {
            foreach (var source in mapping.Sources)
            {
                if (!_routes.TryGetValue(source.Name, out var list))
                {
                    _routes.Add(source.Name, list = []);
                }

                list.Add((mapping, source));
            }
        }
    }

    /// <summary>The mappings that read a table, and how.</summary>
    public IReadOnlyList<(AggregateMapping Mapping, SourceTable Source)> Of(TableName table) => _routes.GetValueOrDefault(table) ?? [];

    /// <summary>The columns whose values routing needs; empty for a table that is not mapped.</summary>
    public IReadOnlyCollection<string> RoutingColumns(TableName table) =>
        [.. Of(table).Select(route => route.Source.RoutingColumn).Distinct(StringComparer.Ordinal)];
}
