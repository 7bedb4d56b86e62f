using System.Buffers.Binary;
using System.Globalization;

namespace Strangler.Sync.Applying;

/// <summary>
/// What a transaction of ours says about itself in the target's log: which aggregates it wrote, as 64-bit hashes (FNV-1a, RFC 9923). A stream
/// that leads back leaves those out, and only those: what a trigger of the service writes in the same transaction still flows.
/// </summary>
internal static class EchoTag
{
    /// <summary>The prefix of the message.</summary>
    public const string Prefix = "strangler";

    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>The content of the message: eight bytes for each aggregate, big-endian.</summary>
    public static byte[] Of(IEnumerable<TargetAggregate> aggregates)
    {
        var hashes = aggregates.Select(aggregate => HashOf(RootOf(aggregate), aggregate.Mapping.TargetKeyOf(aggregate.Key))).ToList();
        var content = new byte[hashes.Count * sizeof(ulong)];
        for (var i = 0; i < hashes.Count; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(content.AsSpan(i * sizeof(ulong)), hashes[i]);
        }

        return content;
    }

    private static string RootOf(TargetAggregate aggregate) =>
        aggregate.Mapping.Targets.First(table => table.Kind != Mapping.TargetKind.Shared).Name.ToString();

    /// <summary>The hash of an aggregate.</summary>
    /// <param name="table">The table that names its kind.</param>
    /// <param name="key">Its key in the target.</param>
    public static ulong HashOf(string table, object key)
    {
        var hash = Offset;
        foreach (var character in string.Create(CultureInfo.InvariantCulture, $"{table}\n{key}"))
        {
            hash = (hash ^ character) * Prime;
        }

        return hash;
    }
}
