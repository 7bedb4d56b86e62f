using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Reconciling;

/// <summary>Reads aggregates of one mapping in both stores and brings them to the same form.</summary>
internal sealed class BothSides
{
    private static readonly TargetRows Nothing = new();

    private readonly Func<TargetTable, Action<CanonicalBuffer, object>?> _writers;
    private readonly UInt128 _nothingHash;

    private BothSides(AggregateMapping mapping, SourceSide source, TargetSide target, IReadOnlyDictionary<TargetTable, Action<CanonicalBuffer, object>> writers)
    {
        Mapping = mapping;
        Source = source;
        Target = target;
        _writers = table => writers.GetValueOrDefault(table);
        _nothingHash = Hash(Nothing);
    }

    /// <summary>The mapping.</summary>
    public AggregateMapping Mapping { get; }

    /// <summary>The source.</summary>
    public SourceSide Source { get; }

    /// <summary>The target.</summary>
    public TargetSide Target { get; }

    /// <summary>Looks at the target's columns.</summary>
    public static async Task<BothSides> OpenAsync(AggregateMapping mapping, SnapshotReader source, SnapshotReader target, CancellationToken cancellation)
    {
        var side = new TargetSide(mapping, target);
        return new BothSides(mapping, new SourceSide(mapping, source), side, await side.WritersAsync(cancellation));
    }

    /// <summary>The key in the target of a key in the source.</summary>
    public object TargetKey(string key) => Target.Key(Mapping.TargetKeyOf(key));

    /// <summary>Reads what the target has of aggregates, and compares.</summary>
    public async Task<IReadOnlyList<ComparedAggregate>> CompareAsync(IReadOnlyList<SourceAggregate> page, CancellationToken cancellation)
    {
        var keys = page.Select(aggregate => TargetKey(aggregate.Key)).ToList();
        var found = keys.Count == 0 ? [] : await Target.ReadAsync(keys, cancellation);
        return Compare(page, keys, found);
    }

    /// <summary>Reads aggregates again: the target first, so that it is never ahead of what the source is asked for.</summary>
    public async Task<IReadOnlyList<ComparedAggregate>> ReadAgainAsync(IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        var found = await Target.ReadAsync([.. keys.Select(TargetKey).Distinct()], cancellation);
        var page = await Source.ReadAsync(keys, cancellation);
        return Compare(page, [.. page.Select(aggregate => TargetKey(aggregate.Key))], found);
    }

    private List<ComparedAggregate> Compare(IReadOnlyList<SourceAggregate> page, List<object> keys, Dictionary<object, TargetRows> found)
    {
        var compared = new List<ComparedAggregate>(page.Count);
        for (var i = 0; i < page.Count; i++)
        {
            var rows = found.GetValueOrDefault(keys[i]);
            TargetRows? wanted = null;
            var unmappable = false;
            try
            {
                wanted = Mapping.MapAggregate(page[i].Rows);
            }
            catch (Exception)
            {
                // A mapping may throw what it likes: the engine has made a dead letter of it.
                unmappable = true;
            }

            if (wanted is null && !unmappable)
            {
                rows = Target.WithoutDeleted(rows);
            }

            compared.Add(new ComparedAggregate(page[i].Key, keys[i], wanted, rows, Hash(wanted), Hash(rows), unmappable));
        }

        return compared;
    }

    // No rows are no rows, whether there is an aggregate or not.
    private UInt128 Hash(TargetRows? rows) => rows is null ? _nothingHash : StateHash.Of(Mapping, rows, _writers);
}
