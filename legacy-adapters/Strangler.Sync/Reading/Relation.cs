using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reading;

/// <summary>A table as the source has described it: which of its values are needed, and what they say.</summary>
internal sealed class Relation
{
    private readonly List<Entry> _routes = [];

    /// <summary>Works out what to read of each row.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns in order; with whether each is part of the replica identity.</param>
    /// <param name="router">Knows the mappings.</param>
    public Relation(TableName table, IReadOnlyList<(string Name, bool InIdentity)> columns, Router router)
    {
        Table = table;
        Needed = new Type?[columns.Count];
        var unroutable = new List<string>();
        foreach (var (mapping, source) in router.Of(table))
        {
            var key = IndexOf(source.RoutingColumn);
            if (key < 0 || !columns[key].InIdentity)
            {
                unroutable.Add(mapping.Entity);
                continue;
            }

            int[]? image = mapping.TakesImages ? [.. source.Columns.Select(column => IndexOf(column.Name))] : null;
            _routes.Add(new Entry(mapping, source, key, image is null || image.Contains(-1) ? null : image));
            Needed[key] ??= typeof(object);
            foreach (var (column, index) in source.Columns.Zip(image ?? []).Where(pair => pair.Second >= 0))
            {
                Needed[index] = column.Type;
            }
        }

        Unroutable = unroutable;

        int IndexOf(string name)
        {
            for (var i = 0; i < columns.Count; i++)
            {
                if (columns[i].Name == name)
                {
                    return i;
                }
            }

            return -1;
        }
    }

    /// <summary>The table.</summary>
    public TableName Table { get; }

    /// <summary>By position, the type as which a value is read; null for one that nobody needs.</summary>
    public Type?[] Needed { get; }

    /// <summary>The kinds of aggregates whose rows here cannot be told apart any more: all of them may have changed.</summary>
    public IReadOnlyList<string> Unroutable { get; }

    /// <summary>The kinds of aggregates that read the table.</summary>
    public IEnumerable<string> Entities => _routes.Select(route => route.Mapping.Entity).Concat(Unroutable);

    /// <summary>Adds the aggregates of a changed row. A child that moved to another parent makes both dirty; a child without parent none.</summary>
    /// <param name="before">The values before the change of the columns in the replica identity; null for an insert, or when none of them changed.</param>
    /// <param name="after">The values after the change; null for a delete. <see cref="Unsent"/> stands for a large value that did not change.</param>
    /// <param name="changes">Takes them; a later change of an aggregate takes the place of an earlier one.</param>
    public void Route(object?[]? before, object?[]? after, Dictionary<DirtyKey, SourceRows?> changes)
    {
        foreach (var route in _routes)
        {
            var old = before?[route.Key] is { } oldKey && oldKey != Unsent ? AggregateKey.Format(oldKey) : null;
            var now = after?[route.Key] is { } newKey && newKey != Unsent ? AggregateKey.Format(newKey) : null;
            if (old is not null && old != now)
            {
                changes[new DirtyKey(route.Mapping.Entity, old)] = route.Image is null ? null : new SourceRows();
            }

            if (now is not null)
            {
                changes[new DirtyKey(route.Mapping.Entity, now)] = route.ImageOf(after!);
            }
        }
    }

    /// <summary>Stands for a value that the log does not carry, as it is large and did not change.</summary>
    public static readonly object Unsent = new();

    private sealed record Entry(AggregateMapping Mapping, SourceTable Source, int Key, int[]? Image)
    {
        public SourceRows? ImageOf(object?[] values)
        {
            if (Image is null)
            {
                return null;
            }

            var row = new object?[Image.Length];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = values[Image[i]];
                if (row[i] == Unsent)
                {
                    return null;
                }
            }

            var rows = new SourceRows();
            rows.AddRow(Source, Source.NewRow(row));
            return rows;
        }
    }
}
