using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Strangler.Proxy.Units;

/// <summary>
/// Who is at the other end of the TCP connection. Not <c>Connection.RemoteIpAddress</c>: forwarded headers, which stand before us, replace
/// that by whatever the outermost proxy was told.
/// </summary>
internal static class Peer
{
    private const int MaxBytes = 16;
    private const int MappedPrefix = 96;

    /// <summary>True when the connection comes from one of the networks. IPv4 and IPv4 mapped to IPv6 are the same address. Allocates nothing.</summary>
    public static bool IsIn(HttpContext context, IReadOnlyList<IPNetwork> networks)
    {
        if (AddressOf(context) is not { } address) return false;
        Span<byte> buffer = stackalloc byte[MaxBytes];
        var bytes = BytesOf(address, buffer);
        for (var i = 0; i < networks.Count; i++)
        {
            if (Contains(networks[i], bytes)) return true;
        }

        return false;
    }

    // The socket itself is asked: Kestrel makes even its end point feature from the address that may have been replaced. HTTP/3 has no
    // TCP connection, and a Unix socket no address: neither is believed anything. A server without sockets, as a test's, knows only what
    // it was told.
    private static IPAddress? AddressOf(HttpContext context)
    {
        if (HttpProtocol.IsHttp3(context.Request.Protocol)) return null;
        if (context.Features.Get<IConnectionSocketFeature>() is not { Socket: { } socket }) return context.Connection.RemoteIpAddress;
        try
        {
            return (socket.RemoteEndPoint as IPEndPoint)?.Address;
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }

    private static bool Contains(IPNetwork network, ReadOnlySpan<byte> address)
    {
        Span<byte> buffer = stackalloc byte[MaxBytes];
        var prefix = network.PrefixLength;
        var start = BytesOf(network.BaseAddress, buffer);
        if (network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6 && start.Length < MaxBytes)
        {
            if (prefix < MappedPrefix) return false;
            prefix -= MappedPrefix;
        }

        if (start.Length != address.Length) return false;
        var whole = prefix / 8;
        if (!start[..whole].SequenceEqual(address[..whole])) return false;
        var rest = prefix % 8;
        return rest == 0 || ((start[whole] ^ address[whole]) >> (8 - rest)) == 0;
    }

    private static ReadOnlySpan<byte> BytesOf(IPAddress address, Span<byte> buffer)
    {
        _ = address.TryWriteBytes(buffer, out var written);
        return address.IsIPv4MappedToIPv6 ? buffer[12..written] : buffer[..written];
    }
}
