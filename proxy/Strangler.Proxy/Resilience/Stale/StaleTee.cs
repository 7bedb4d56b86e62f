using Microsoft.AspNetCore.Http;
using Strangler.Proxy.Edge;

namespace Strangler.Proxy.Resilience.Stale;

/// <summary>Keeps a copy of a response body up to a limit.</summary>
internal sealed class StaleTee(Stream inner, HttpResponse response, int limit) : TeeStream(inner)
{
    private readonly MemoryStream _kept = new();
    private bool _given;

    /// <summary>The whole body; null when it was too large, or is not whole.</summary>
    public byte[]? Whole => _given || response.ContentLength is { } length && length != _kept.Length ? null : _kept.ToArray();

    protected override void Passed(ReadOnlySpan<byte> bytes)
    {
        if (_given) return;
        if (bytes.Length <= limit - _kept.Length)
        {
            _kept.Write(bytes);
            return;
        }

        _given = true;
        _kept.SetLength(0);
        _kept.Capacity = 0;
    }
}
