using System.IO.Hashing;
using Strangler.Core.Compare;

namespace Strangler.Proxy.Shadow.Bodies;

/// <summary>Takes the digest of a body that is too large to be kept, while it passes.</summary>
internal sealed class RunningDigest
{
    private readonly XxHash128 _hash = new();

    /// <summary>Bytes so far.</summary>
    public long Length { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _hash.Append(bytes);
        Length += bytes.Length;
    }

    public BodyDigest ToDigest() => new(Length, _hash.GetCurrentHashAsUInt128());
}
