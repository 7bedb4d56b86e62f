using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Strangler.Core.Rules;

/// <summary>Reads networks of proxies: <c>10.1.0.0/24</c>, or one address.</summary>
internal static class Networks
{
    // Larger than any private network (10.0.0.0/8, fc00::/7): whoever writes this means anybody.
    private const int ShortestV4 = 8;
    private const int ShortestV6 = 7;
    private const int MappedBits = 96;

    // Where IPv6 keeps all of IPv4.
    private static readonly IPAddress MappedV4 = IPAddress.Parse("::ffff:0:0");

    /// <summary>Reads a network; an address alone is one of its own.</summary>
    /// <param name="text">The text.</param>
    /// <param name="network">The network; an IPv4 one that is written as IPv6 becomes IPv4.</param>
    /// <param name="hint">What was probably meant, when false is returned.</param>
    public static bool Parse(string text, out IPNetwork network, out string hint)
    {
        network = default;
        hint = "for example 10.0.0.5 or 10.1.0.0/24; names are not resolved";
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (ReadAddress(slash < 0 ? text : text[..slash]) is not { } address) return false;
        var bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        var prefix = bits;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > bits)) return false;
        if (address.IsIPv4MappedToIPv6 && prefix >= MappedBits) (address, prefix) = (address.MapToIPv4(), prefix - MappedBits);

        var start = FirstOf(address, prefix);
        hint = $"a network starts at its first address: {start}/{prefix}";
        if (!start.Equals(address)) return false;
        network = new IPNetwork(address, prefix);
        return true;
    }

    /// <summary>True for a network so large that it names nobody.</summary>
    public static bool IsEverybody(IPNetwork network) => network.BaseAddress.AddressFamily == AddressFamily.InterNetwork
        ? network.PrefixLength < ShortestV4
        : network.PrefixLength < ShortestV6 || (network.PrefixLength <= MappedBits && FirstOf(MappedV4, network.PrefixLength).Equals(network.BaseAddress));

    // IPAddress.TryParse alone reads 10 as 0.0.0.10 and 010.0.0.1 as octal.
    private static IPAddress? ReadAddress(string text)
    {
        if (text.Contains('%', StringComparison.Ordinal) || !IPAddress.TryParse(text, out var address)) return null;
        return address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text ? address : null;
    }

    private static IPAddress FirstOf(IPAddress address, int prefix)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(prefix - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF00 >> kept);
        }

        return new IPAddress(bytes);
    }
}
