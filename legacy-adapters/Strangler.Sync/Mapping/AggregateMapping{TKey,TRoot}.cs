namespace Strangler.Sync.Mapping;

/// <summary>
/// How one kind of aggregate, a root row and its child rows, becomes rows of the target. A mapping declares tables in its constructor
/// and is otherwise pure: no I/O, no clock, the same rows for the same source.
/// </summary>
/// <typeparam name="TKey">The type of the root's key: int, long, Guid or string.</typeparam>
/// <typeparam name="TRoot">A record with the columns of the root table that the mapping needs, its key among them.</typeparam>
public abstract class AggregateMapping<TKey, TRoot> : AggregateMapping
    where TKey : notnull
    where TRoot : class
{
    private readonly List<SourceTable> _sources;
    private readonly List<TargetTable> _targets = [];
    private bool _takesImages;

    /// <summary>Declares the root.</summary>
    /// <param name="entity">The kind of aggregate, such as <c>product</c>.</param>
    /// <param name="version">Starts at 1; raise it when the mapping changes.</param>
    /// <param name="table">The root table, with its schema unless that is <c>public</c>.</param>
    /// <param name="key">The root's key column; it must be unique and never null.</param>
    /// <exception cref="ArgumentException">A column is not a property of its record, or a type is not supported.</exception>
    protected AggregateMapping(string entity, int version, string table, string key)
        : base(entity, version, typeof(TKey))
    {
        Root = new SourceTable<TRoot>(table, key);
        _sources = [Root];
    }

    /// <summary>The root table.</summary>
    public SourceTable<TRoot> Root { get; }

    internal sealed override SourceTable RootTable => Root;

    internal sealed override IReadOnlyList<SourceTable> Sources => _sources;

    internal sealed override IReadOnlyList<TargetTable> Targets => _targets;

    internal sealed override bool TakesImages => _takesImages;

    /// <summary>
    /// The target's rows for an aggregate; null when it shall not exist there: <paramref name="source"/> has no root row, as it was deleted,
    /// or the mapping gives no row at all.
    /// </summary>
    /// <exception cref="MappingValueException">A value cannot be mapped.</exception>
    public TargetRows? Map(SourceRows source)
    {
        if (source.Of(Root).FirstOrDefault() is not { } root)
        {
            return null;
        }

        var target = new TargetRows();
        Map(root, source, target);
        return target.IsEmpty ? null : target;
    }

    internal sealed override object TargetKeyOf(string key) => TargetKey((TKey)AggregateKey.Parse(key, typeof(TKey)));

    internal sealed override TargetRows? MapAggregate(SourceRows source) => Map(source);

    /// <summary>
    /// Takes the rows of the log as they are instead of reading each aggregate again: faster, and lighter on the source. Only for a table that is
    /// brought over one to one: no children, one target table whose key is the source's key. Where the log does not carry a whole row, that one is read
    /// again. No state hash is kept, so a row is written whenever it comes.
    /// </summary>
    protected void TakeImages() => _takesImages = true;

    /// <summary>Declares a child table: a row there belongs to the aggregate whose key is in <paramref name="routedBy"/>.</summary>
    /// <param name="table">The table, with its schema unless that is <c>public</c>.</param>
    /// <param name="routedBy">The column with the aggregate's key.</param>
    /// <param name="key">The columns in which the rows of one aggregate differ, if the source sees to that.</param>
    protected SourceTable<TRow> Child<TRow>(string table, string routedBy, params string[] key)
        where TRow : class
    {
        var child = new SourceTable<TRow>(table, routedBy, key);
        _sources.Add(child);
        return child;
    }

    /// <summary>
    /// Declares a table whose rows belong to one aggregate. Parents are declared before children.
    /// </summary>
    /// <param name="table">The table with its schema.</param>
    /// <param name="aggregate">The column that holds <see cref="TargetKey"/>.</param>
    /// <param name="key">The columns of its primary key or of a unique constraint.</param>
    protected TargetTable<TRow> Owned<TRow>(string table, string aggregate, params string[] key)
        where TRow : class => Declare(new TargetTable<TRow>(table, TargetKind.Owned, aggregate, key));

    /// <summary>Declares a table whose rows several aggregates use: a row is inserted when it is missing and never touched again.</summary>
    /// <param name="table">The table with its schema.</param>
    /// <param name="key">The columns of its primary key or of a unique constraint.</param>
    protected TargetTable<TRow> Shared<TRow>(string table, params string[] key)
        where TRow : class => Declare(new TargetTable<TRow>(table, TargetKind.Shared, aggregateColumn: null, key));

    /// <summary>Declares a table to which each new state of an aggregate adds rows, exactly once.</summary>
    /// <param name="table">The table with its schema.</param>
    protected TargetTable<TRow> Appended<TRow>(string table)
        where TRow : class => Declare(new TargetTable<TRow>(table, TargetKind.Appended, aggregateColumn: null, []));

    /// <summary>The aggregate's key in the target, from its key in the source alone, so that a deleted one can be found.</summary>
    protected abstract object TargetKey(TKey key);

    /// <summary>Adds the target's rows of an aggregate; none when it shall not exist there.</summary>
    /// <param name="root">Its root row.</param>
    /// <param name="source">All its rows.</param>
    /// <param name="target">Takes the rows.</param>
    /// <exception cref="MappingValueException">A value cannot be mapped.</exception>
    protected abstract void Map(TRoot root, SourceRows source, TargetRows target);

    private TargetTable<TRow> Declare<TRow>(TargetTable<TRow> table)
        where TRow : class
    {
        _targets.Add(table);
        return table;
    }
}
