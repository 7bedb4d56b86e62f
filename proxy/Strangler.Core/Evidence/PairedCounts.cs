using System.Runtime.InteropServices;

namespace Strangler.Core.Evidence;

/// <summary>
/// What was seen of one field in requests that were asked three times: legacy, the new side, and legacy again. A request counts once, whatever
/// number of items in it differ.
/// </summary>
/// <param name="Triples">n3: requests asked three times.</param>
/// <param name="NewOnly">b: of these, the new side differs from legacy and legacy's second answer does not.</param>
/// <param name="LegacyOnly">c: legacy's second answer differs from its first and the new side's does not.</param>
/// <param name="Both">d: both differ from legacy's first answer.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PairedCounts(long Triples, long NewOnly, long LegacyOnly, long Both)
{
    /// <summary>How often legacy contradicted itself.</summary>
    public long LegacyDiffers => LegacyOnly + Both;

    /// <summary>The counts with one more request.</summary>
    /// <param name="newDiffers">Whether the new side's answer differs from legacy's first.</param>
    /// <param name="legacyDiffers">Whether legacy's second answer differs from its first.</param>
    public PairedCounts Add(bool newDiffers, bool legacyDiffers) => new(
        Triples + 1,
        NewOnly + (newDiffers && !legacyDiffers ? 1 : 0),
        LegacyOnly + (legacyDiffers && !newDiffers ? 1 : 0),
        Both + (newDiffers && legacyDiffers ? 1 : 0));
}
