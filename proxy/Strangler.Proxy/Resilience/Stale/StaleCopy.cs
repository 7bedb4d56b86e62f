using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Strangler.Proxy.Edge;

namespace Strangler.Proxy.Resilience.Stale;

/// <summary>Copies one answer while it passes, up to a limit.</summary>
internal sealed class StaleCopy : TeeStream
{
    private readonly IHttpResponseBodyFeature _before;
    private readonly HttpResponse _response;
    private readonly int _limit;
    private readonly MemoryStream _kept = new();
    private bool _tooLarge;

    private StaleCopy(HttpResponse response, IHttpResponseBodyFeature before, int limit)
        : base(before.Stream)
    {
        _before = before;
        _response = response;
        _limit = limit;
    }

    /// <summary>Begins.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limit">The largest body that is copied, bytes.</param>
    public static StaleCopy Begin(HttpContext context, int limit)
    {
        var before = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var copy = new StaleCopy(context.Response, before, limit);
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(copy, before));
        return copy;
    }

    /// <summary>Ends it.</summary>
    /// <returns>The whole body; null when it was too large, or is not whole.</returns>
    public byte[]? End(HttpContext context)
    {
        context.Features.Set(_before);
        return _tooLarge || _response.ContentLength is { } length && length != _kept.Length ? null : _kept.ToArray();
    }

    protected override void Passed(ReadOnlySpan<byte> bytes)
    {
        if (_tooLarge) return;
        if (bytes.Length <= _limit - _kept.Length)
        {
            _kept.Write(bytes);
            return;
        }

        _tooLarge = true;
        _kept.SetLength(0);
        _kept.Capacity = 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _kept.Dispose();
        base.Dispose(disposing);
    }
}
