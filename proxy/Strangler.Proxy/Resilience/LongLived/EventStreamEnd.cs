using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Strangler.Proxy.Resilience.LongLived;

/// <summary>
/// Ends an event stream between two events, as if the side had ended it: the forwarder is told that the client is gone, and when it then wants to break
/// the connection off, nothing happens, so that the server completes the answer.
/// </summary>
internal sealed class EventStreamEnd : IEndable, IHttpRequestLifetimeFeature, IHttpResetFeature
{
    private readonly HttpContext _context;
    private readonly IHttpRequestLifetimeFeature _lifetime;
    private readonly IHttpResetFeature? _reset;
    private readonly IHttpResponseBodyFeature _body;
    private readonly CancellationTokenSource _gone;
    private readonly EventStream _stream;
    private volatile bool _isEnded;

    public EventStreamEnd(HttpContext context)
    {
        _context = context;
        _lifetime = context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        _reset = context.Features.Get<IHttpResetFeature>();
        _body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        _gone = CancellationTokenSource.CreateLinkedTokenSource(_lifetime.RequestAborted);
        RequestAborted = _gone.Token;
        _stream = new EventStream(_body.Stream, Leave);
        context.Features.Set<IHttpRequestLifetimeFeature>(this);
        if (_reset is not null) context.Features.Set<IHttpResetFeature>(this);
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(_stream, _body));
    }

    public CancellationToken RequestAborted { get; set; }

    public void Abort()
    {
        if (!_isEnded) _lifetime.Abort();
    }

    public void Reset(int errorCode)
    {
        if (!_isEnded) _reset!.Reset(errorCode);
    }

    public void End(EndReason why) => _ = _stream.EndAsync();

    public void Dispose()
    {
        _context.Features.Set(_lifetime);
        if (_reset is not null) _context.Features.Set(_reset);
        _context.Features.Set(_body);
        _stream.Dispose();
        _gone.Dispose();
    }

    private void Leave()
    {
        _isEnded = true;
        try
        {
            _ = _gone.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The side has ended it in the same moment.
        }
    }
}
