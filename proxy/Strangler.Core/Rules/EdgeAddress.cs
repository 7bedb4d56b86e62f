using System.Buffers;
using System.Globalization;
using System.Net;

namespace Strangler.Core.Rules;

/// <summary>An address on which an edge listens, as Kestrel takes it: its host may be a wildcard.</summary>
internal sealed class EdgeAddress
{
    // A path, a query, a user name: none of it says where a server listens.
    private static readonly SearchValues<char> NotInAuthority = SearchValues.Create("/?#@\\ ");

    private readonly string _text;
    private readonly string _host;
    private readonly IPAddress? _ip;
    private readonly bool _isWildcard;
    private readonly int _port;

    private EdgeAddress(string text, string host, int port)
    {
        _text = text;
        _host = host;
        _ip = IpOf(host);
        _isWildcard = host is "*" or "+" || IPAddress.Any.Equals(_ip) || IPAddress.IPv6Any.Equals(_ip);
        _port = port;
    }

    /// <summary>Reads an address; null when it is none, or has a port that is chosen only at the start.</summary>
    public static EdgeAddress? Parse(string text)
    {
        if (text.Length > RulesLimits.Text) return null;
        var split = text.IndexOf("://", StringComparison.Ordinal);
        if (split < 0) return null;
        int? standard = text[..split].ToLowerInvariant() switch { "http" => 80, "https" => 443, _ => null };
        var authority = text[(split + 3)..].TrimEnd('/');
        if (standard is null || authority.Length == 0 || authority.AsSpan().ContainsAny(NotInAuthority)) return null;

        var colon = authority.LastIndexOf(':');
        var hasPort = colon > authority.LastIndexOf(']');
        var port = standard.Value;
        if (hasPort && !int.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port)) return null;
        var host = (hasPort ? authority[..colon] : authority).TrimEnd('.');
        if (host.StartsWith('[') && host.EndsWith(']')) host = host[1..^1];
        else if (host.Contains(':', StringComparison.Ordinal)) return null;
        return host.Length > 0 && port is > 0 and <= ushort.MaxValue ? new EdgeAddress(text, host, port) : null;
    }

    /// <summary>
    /// True when a request to that address comes back to this edge: same port, and a host that is the same one. The names of loopback
    /// are one host, and an edge that listens on every address is found on all of loopback.
    /// </summary>
    public bool IsAt(Uri address)
    {
        if (address.Port != _port) return false;
        var host = address.DnsSafeHost.TrimEnd('.');
        if (string.Equals(host, _host, StringComparison.OrdinalIgnoreCase)) return true;
        var ip = IpOf(host);
        if (_isWildcard) return ip is not null && (IPAddress.IsLoopback(ip) || IsAny(ip));
        if (IsStandardLoopback(_ip)) return IsStandardLoopback(ip);
        return ip is not null && ip.Equals(_ip);
    }

    public override string ToString() => _text;

    // Asking 0.0.0.0 asks loopback.
    private static bool IsStandardLoopback(IPAddress? ip) => ip is not null && (ip.Equals(IPAddress.Loopback) || ip.Equals(IPAddress.IPv6Loopback) || IsAny(ip));

    private static bool IsAny(IPAddress ip) => ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any);

    private static IPAddress? IpOf(string host)
    {
        if (string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)) return IPAddress.Loopback;
        if (!IPAddress.TryParse(host, out var ip)) return null;
        return ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip;
    }
}
