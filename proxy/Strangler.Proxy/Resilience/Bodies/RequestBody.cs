using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Strangler.Proxy.Resilience.Bodies;

/// <summary>
/// The body of a request that may fall back, so that it can be sent twice: kept as a whole when it says that it is small, else only watched, because
/// a body of which nothing was read is still whole. Which of the two is decided before a byte is read.
/// </summary>
internal sealed class RequestBody : IDisposable
{
    /// <summary>Longest body that is kept, in bytes: 64 KB.</summary>
    public const int KeptLength = 64 * 1024;

    private readonly WatchedStream? _stream;
    private readonly PooledBytes? _kept;

    private RequestBody(WatchedStream? stream, PooledBytes? kept)
    {
        _stream = stream;
        _kept = kept;
    }

    /// <summary>True when it can be sent from its beginning.</summary>
    public bool CanBeSent => _kept is not null || !_stream!.WasRead;

    /// <summary>True when all of it is here already.</summary>
    public bool IsKept => _kept is not null;

    /// <summary>True when the request has a body.</summary>
    public static bool IsIn(HttpContext context) => context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true };

    /// <summary>Keeps or watches the body of a request.</summary>
    /// <exception cref="BadHttpRequestException">The client does not send what it said it would.</exception>
    public static async ValueTask<RequestBody> TakeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength is not (>= 0 and <= KeptLength)) return Watch(context);
        var kept = new PooledBytes((int)request.ContentLength.Value);
        try
        {
            await request.Body.ReadExactlyAsync(kept.Writable, context.RequestAborted);
        }
        catch
        {
            kept.Release();
            throw;
        }

        return Remember(context, new RequestBody(null, kept));
    }

    /// <summary>The body for one attempt; null when the forwarder's own stream is the one to send.</summary>
    public HttpContent? ToContent() => _kept is null ? null : new KeptContent(_kept);

    public void Dispose() => _kept?.Release();

    private static RequestBody Watch(HttpContext context)
    {
        var stream = new WatchedStream(context.Request.Body);
        context.Request.Body = stream;
        return Remember(context, new RequestBody(stream, null));
    }

    private static RequestBody Remember(HttpContext context, RequestBody body)
    {
        context.Features.Set(body);
        return body;
    }
}
