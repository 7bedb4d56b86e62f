namespace Strangler.Sync.Mapping;

/// <summary>How one kind of aggregate of the source becomes rows of the target. Derive from <see cref="AggregateMapping{TKey, TRoot}"/>.</summary>
public abstract class AggregateMapping
{
    private protected AggregateMapping(string entity, int version, Type keyType)
    {
        if (!AggregateKey.Supports(keyType))
        {
            throw new ArgumentException($"The key of {entity} is a {keyType.Name}; it can be int, long, Guid or string.", nameof(keyType));
        }

        Entity = entity;
        Version = version;
        KeyType = keyType;
    }

    /// <summary>The kind of aggregate, such as <c>product</c>; unique in the target.</summary>
    public string Entity { get; }

    /// <summary>Raise it when the mapping changes: at the next start every aggregate is mapped anew.</summary>
    public int Version { get; }

    internal Type KeyType { get; }

    /// <summary>Whether the rows of the log are taken as they are, instead of reading the aggregate again.</summary>
    internal abstract bool TakesImages { get; }

    /// <summary>Why the rows of the log cannot be taken as they are; null when they can, or are not.</summary>
    internal string? WhyNoImages =>
        !TakesImages ? null
        : Sources.Count > 1 ? $"{Entity} takes the rows of the log, which is for a root without children"
        : Targets is not [{ Kind: TargetKind.Owned, OnePerAggregate: true } only] ? $"{Entity} takes the rows of the log, which is for one target table with one row for each aggregate"
        : only.AggregateColumn!.Type != KeyType ? $"{Entity} takes the rows of the log, so {only.Name}.{only.AggregateColumn.Name} must be the source's key, a {KeyType.Name}"
        : null;

    internal abstract SourceTable RootTable { get; }

    /// <summary>The root first.</summary>
    internal abstract IReadOnlyList<SourceTable> Sources { get; }

    /// <summary>In the order in which rows are written; they are deleted in reverse.</summary>
    internal abstract IReadOnlyList<TargetTable> Targets { get; }

    /// <summary>All columns that it writes, and whose they are.</summary>
    internal IReadOnlyList<TargetField> Fields =>
        [.. Targets.SelectMany(table => table.Columns.Select(column => new TargetField(table.Name, column.Name, table.OwnerOf(column))))];

    /// <summary>The value of the aggregate columns of the target.</summary>
    internal abstract object TargetKeyOf(string key);

    /// <summary>The target's rows; null when the source has no root row.</summary>
    internal abstract TargetRows? MapAggregate(SourceRows source);
}
