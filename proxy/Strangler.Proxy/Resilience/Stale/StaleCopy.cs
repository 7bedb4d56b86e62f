using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Strangler.Proxy.Resilience.Stale;

/// <summary>Copies one answer while it passes.</summary>
internal sealed class StaleCopy
{
    private readonly IHttpResponseBodyFeature _before;
    private readonly StaleTee _tee;

    private StaleCopy(HttpContext context, in StaleKey key, int limit)
    {
        Key = key;
        _before = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        _tee = new StaleTee(_before.Stream, context.Response, limit);
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(_tee, _before));
    }

    /// <summary>What was asked.</summary>
    public StaleKey Key { get; }

    public static StaleCopy Begin(HttpContext context, in StaleKey key, int limit) => new(context, key, limit);

    /// <summary>Ends the copying; the whole body, or null when there is none.</summary>
    public byte[]? End(HttpContext context)
    {
        context.Features.Set(_before);
        return _tee.Whole;
    }
}
