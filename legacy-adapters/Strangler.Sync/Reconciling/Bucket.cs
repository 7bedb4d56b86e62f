namespace Strangler.Sync.Reconciling;

/// <summary>A compared range.</summary>
/// <param name="range">Its keys.</param>
internal sealed class Bucket(KeyRange range)
{
    /// <summary>Its keys.</summary>
    public KeyRange Range { get; } = range;

    /// <summary>Aggregates that the source has in it.</summary>
    public long Count { get; init; }

    /// <summary>The sum of the hashes of their states.</summary>
    public UInt128 Sum { get; init; }

    /// <summary>The target's aggregates among them.</summary>
    public KeySum Found { get; init; }

    /// <summary>When it was compared.</summary>
    public DateTimeOffset ComparedAt { get; init; }

    /// <summary>Whether one of its aggregates may have changed since.</summary>
    public bool IsDirty { get; set; }
}
