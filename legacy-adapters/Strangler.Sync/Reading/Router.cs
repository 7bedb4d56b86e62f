using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reading;

/// <summary>Says which aggregates a changed row belongs to.</summary>
internal sealed class Router
{
    private readonly Dictionary<TableName, List<Target>> _routes = [];

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

                list.Add(new Target(mapping.Entity, source.RoutingColumn));
            }
        }
    }

    /// <summary>The columns whose values routing needs; empty for a table that is not mapped.</summary>
    public IReadOnlyCollection<string> RoutingColumns(TableName table) =>
        _routes.TryGetValue(table, out var list) ? [.. list.Select(route => route.Column).Distinct(StringComparer.Ordinal)] : [];

    /// <summary>The kinds of aggregates that read the table.</summary>
    public IEnumerable<string> Entities(TableName table) =>
        _routes.TryGetValue(table, out var list) ? list.Select(route => route.Entity).Distinct(StringComparer.Ordinal) : [];

    /// <summary>Adds the aggregates of a changed row. A child that moved to another parent makes both dirty; a child without parent none.</summary>
    public void Route(RowChange change, ISet<DirtyKey> dirty)
    {
        foreach (var (entity, column) in _routes.GetValueOrDefault(change.Table) ?? [])
        {
            foreach (var row in new[] { change.Before, change.After })
            {
                if (row is not null && row.TryGetValue(column, out var key) && key is not null)
                {
                    dirty.Add(new DirtyKey(entity, key));
                }
            }
        }
    }

    private sealed record Target(string Entity, string Column);
}
