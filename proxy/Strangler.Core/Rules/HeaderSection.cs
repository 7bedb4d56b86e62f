using System.Buffers;
using System.Collections.Frozen;
using System.Net;
using Strangler.Core.Model;
using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>Reads a header that is believed only from listed proxies.</summary>
internal static class HeaderSection
{
    private const string OwnPrefix = "Strangler-";
    private const string FromHint = "name the proxies that set it, and nobody else may: from: [10.0.0.5, 10.1.0.0/24]";

    // RFC 9110, 5.6.2.
    private static readonly SearchValues<char> TokenChars =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // From anybody else the header is dropped, and without these no request would reach a backend as it was meant.
    private static readonly FrozenSet<string> HaveAMeaning = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Cache-Control", "Connection", "Content-Encoding", "Content-Length",
        "Content-Type", "Cookie", "Date", "Expect", "Forwarded", "Host", "If-Match", "If-Modified-Since", "If-None-Match", "If-Range",
        "If-Unmodified-Since", "Keep-Alive", "Origin", "Pragma", "Proxy-Authorization", "Proxy-Connection", "Range", "Referer", "TE",
        "Traceparent", "Tracestate", "Trailer", "Transfer-Encoding", "Upgrade", "User-Agent", "Via",
        "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Prefix", "X-Forwarded-Proto");

    /// <summary>Reads the header.</summary>
    /// <param name="owner">The mapping it stands in.</param>
    /// <param name="headerNode">Its name.</param>
    /// <param name="fromNode">The list of proxies; null when it is missing, which is an error.</param>
    /// <param name="what">How messages call the mapping.</param>
    /// <param name="bag">Where complaints go.</param>
    public static TrustedHeader? Read(YamlNode owner, YamlNode headerNode, YamlNode? fromNode, string what, DiagnosticBag bag)
    {
        var name = ReadName(headerNode, what, bag);
        if (fromNode is null)
        {
            bag.Add(owner, RuleCodes.MissingKey, $"{what} lacks 'from': a header can be written by anybody", FromHint);
            return null;
        }

        var networks = ReadNetworks(fromNode, what, bag);
        return name is null ? null : new TrustedHeader(name, networks);
    }

    public static bool IsToken(string text) => !text.AsSpan().ContainsAnyExcept(TokenChars);

    private static string? ReadName(YamlNode node, string what, DiagnosticBag bag)
    {
        if (bag.Text(node, $"'header' of {what}") is not { } name) return null;
        if (!IsToken(name))
        {
            bag.Add(node, RuleCodes.BadValue, $"'header' of {what} '{name}' is no name of a header", "use letters, digits and '-'");
        }
        else if (name.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase))
        {
            bag.Add(node, RuleCodes.BadValue, $"'header' of {what} '{name}': headers that start with {OwnPrefix} are the edge's own", "let the proxy use another name");
        }
        else if (HaveAMeaning.Contains(name))
        {
            bag.Add(node, RuleCodes.BadValue, $"'header' of {what} '{name}' has another meaning already", "let the proxy use a header of its own, such as X-Customer-Id");
        }
        else
        {
            return name;
        }

        return null;
    }

    private static List<IPNetwork> ReadNetworks(YamlNode node, string what, DiagnosticBag bag)
    {
        var networks = new List<IPNetwork>();
        if (node is not YamlSequenceNode list)
        {
            bag.Add(node, RuleCodes.WrongType, $"'from' of {what} must be a list", FromHint);
            return networks;
        }

        if (list.Children.Count == 0) bag.Add(node, RuleCodes.BadValue, $"'from' of {what} is empty", FromHint);
        if (list.Children.Count > RulesLimits.Items) bag.Add(node, RuleCodes.TooMany, $"'from' of {what} has {list.Children.Count:N0} items, limit {RulesLimits.Items}");
        foreach (var item in list.Children.Take(RulesLimits.Items))
        {
            if (bag.Text(item, $"an address in 'from' of {what}") is not { } text) continue;
            if (Networks.Parse(text, out var network, out var hint))
            {
                if (Networks.IsEverybody(network)) bag.Add(item, RuleCodes.TrustsEverybody, $"'from' of {what} '{text}' trusts everybody", FromHint);
                else if (networks.Contains(network)) bag.Add(item, RuleCodes.Duplicate, $"'{text}' stands twice in 'from' of {what}");
                else networks.Add(network);
            }
            else
            {
                bag.Add(item, RuleCodes.BadValue, $"'from' of {what} '{text}' is neither an address nor a network", hint);
            }
        }

        return networks;
    }
}
