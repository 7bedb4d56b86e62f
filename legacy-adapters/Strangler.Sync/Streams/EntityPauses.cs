using System.Collections.Immutable;
using Strangler.Core.Adapters;

namespace Strangler.Sync.Streams;

/// <summary>Kinds of aggregates that stand still, and why; their keys are collected.</summary>
internal sealed class EntityPauses
{
    private ImmutableSortedDictionary<string, string> _reasons = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public IReadOnlyList<PausedEntity> All => [.. _reasons.Select(pair => new PausedEntity(pair.Key, pair.Value))];

    /// <summary>Whether a kind stands still.</summary>
    public bool Contains(string entity) => _reasons.ContainsKey(entity);

    /// <summary>Whether any does.</summary>
    public bool IsEmpty => _reasons.IsEmpty;

    /// <summary>Stops a kind.</summary>
    /// <returns>False when it stood still already.</returns>
    public bool Add(string entity, string reason)
    {
        var isNew = !_reasons.ContainsKey(entity);
        ImmutableInterlocked.Update(ref _reasons, reasons => reasons.SetItem(entity, reason));
        return isNew;
    }

    /// <summary>Lets a kind go on.</summary>
    public void Remove(string entity) => ImmutableInterlocked.Update(ref _reasons, reasons => reasons.Remove(entity));
}
