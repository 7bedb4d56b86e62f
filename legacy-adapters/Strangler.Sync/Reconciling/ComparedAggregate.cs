using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reconciling;

/// <summary>One aggregate as both sides have it.</summary>
/// <param name="Key">Its key in the source.</param>
/// <param name="TargetKey">Its key in the target.</param>
/// <param name="Wanted">Its rows by the mapping of the source; null when it does not exist there.</param>
/// <param name="Found">Its rows in the target; null when there are none.</param>
/// <param name="WantedHash">The hash of the wanted rows.</param>
/// <param name="FoundHash">The hash of those that were found.</param>
/// <param name="Unmappable">Whether the mapping refuses it.</param>
internal readonly record struct ComparedAggregate(
    string Key, object TargetKey, TargetRows? Wanted, TargetRows? Found, UInt128 WantedHash, UInt128 FoundHash, bool Unmappable)
{
    /// <summary>Whether both sides have the same.</summary>
    public bool AreEqual => !Unmappable && WantedHash == FoundHash;
}
