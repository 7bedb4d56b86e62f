using System.Buffers.Binary;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>A message in the log.</summary>
/// <param name="IsTransactional">Whether it is only there when its transaction has been committed.</param>
/// <param name="Prefix">Whose it is.</param>
/// <param name="Content">What it says.</param>
internal sealed record EchoMessage(bool IsTransactional, string Prefix, byte[] Content)
{
    /// <summary>The content, as numbers of eight bytes.</summary>
    public IReadOnlyList<ulong> Hashes =>
        [.. Enumerable.Range(0, Content.Length / sizeof(ulong)).Select(index => BinaryPrimitives.ReadUInt64BigEndian(Content.AsSpan(index * sizeof(ulong))))];
}
