using Strangler.Sync.Reading;

namespace Strangler.Sync.Streams;

/// <summary>
/// Which lane an aggregate belongs to: always the same, also after a restart, as each lane remembers how far it is (FNV-1a, RFC 9923).
/// </summary>
internal static class LaneHash
{
    private const uint Offset = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>The lane: 0 to <paramref name="lanes"/> - 1.</summary>
    public static int LaneOf(DirtyKey key, int lanes) => lanes == 1 ? 0 : (int)(Hash(Hash(Offset, key.Entity), key.Key) % (uint)lanes);

    private static uint Hash(uint hash, string text)
    {
        foreach (var character in text)
        {
            hash = (hash ^ character) * Prime;
        }

        return hash;
    }
}
