using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Strangler.Proxy.Resilience.LongLived;

/// <summary>Ends a WebSocket by a close frame: stands in for the feature by which the forwarder takes over the client's connection.</summary>
internal sealed class WebSocketEnd : IEndable, IHttpUpgradeFeature, IHttpExtendedConnectFeature
{
    private readonly HttpContext _context;
    private readonly IHttpUpgradeFeature? _upgrade;
    private readonly IHttpExtendedConnectFeature? _connect;
    private WebSocketStream? _stream;

    public WebSocketEnd(HttpContext context)
    {
        _context = context;
        _upgrade = context.Features.Get<IHttpUpgradeFeature>();
        _connect = context.Features.Get<IHttpExtendedConnectFeature>();
        if (_upgrade is not null) context.Features.Set<IHttpUpgradeFeature>(this);
        if (_connect is not null) context.Features.Set<IHttpExtendedConnectFeature>(this);
    }

    public bool IsUpgradableRequest => _upgrade?.IsUpgradableRequest == true;

    public bool IsExtendedConnect => _connect?.IsExtendedConnect == true;

    public string? Protocol => _connect?.Protocol;

    public async Task<Stream> UpgradeAsync() => Wrap(await _upgrade!.UpgradeAsync());

    public async ValueTask<Stream> AcceptAsync() => Wrap(await _connect!.AcceptAsync());

    public void End(EndReason why) => _ = Volatile.Read(ref _stream)?.CloseAsync(why);

    public void Dispose()
    {
        if (_upgrade is not null) _context.Features.Set(_upgrade);
        if (_connect is not null) _context.Features.Set(_connect);
    }

    private WebSocketStream Wrap(Stream stream)
    {
        var wrapped = new WebSocketStream(stream);
        Volatile.Write(ref _stream, wrapped);
        return wrapped;
    }
}
