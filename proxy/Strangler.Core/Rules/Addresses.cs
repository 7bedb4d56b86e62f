using System.Buffers;
using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>Reads addresses of backends.</summary>
internal static class Addresses
{
    // A path, a query, a user name: none of it says where a server is.
    private static readonly SearchValues<char> NotInAuthority = SearchValues.Create("/?#@\\ ");

    /// <summary>An address of a backend: scheme, host and port, nothing else.</summary>
    public static Uri? Address(this DiagnosticBag bag, YamlNode? node, string what)
    {
        if (bag.Text(node, what) is not { } text) return null;
        if (IsBare(text) && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Port > 0
            && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0)
        {
            return uri;
        }

        if (text.Contains('@', StringComparison.Ordinal))
        {
            // Not repeated: diagnostics go to screens and logs, and this may be a password.
            bag.Add(node!, RuleCodes.BadValue, $"{what} holds a user name or a password", "secrets do not stand in rules");
            return null;
        }

        bag.Add(node!, RuleCodes.BadValue, $"{what} '{text}' is no address of a backend", "write scheme, host and port: http://127.0.0.1:5100");
        return null;
    }

    /// <summary>The destinations of a side, at least one.</summary>
    public static IReadOnlyList<Uri> ReadDestinations(Section section, string what, RuleSetDraft draft, DiagnosticBag bag)
    {
        var destinations = new List<Uri>();
        foreach (var node in section.RequiredList("destinations", "destinations: [\"http://127.0.0.1:5100\"]"))
        {
            if (bag.Address(node, $"a destination of {what}") is not { } address) continue;
            draft.Addresses.Add((node, address, $"a destination of {what}"));
            if (destinations.Contains(address)) bag.Add(node, RuleCodes.Duplicate, $"{address.AbsoluteUri} stands twice in the destinations of {what}");
            else destinations.Add(address);
        }

        return destinations;
    }

    // Uri.TryCreate alone takes backslashes for slashes, and shortens a path such as /a/.. to none.
    private static bool IsBare(string text)
    {
        var rest = text.AsSpan();
        if (rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) rest = rest[7..];
        else if (rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) rest = rest[8..];
        else return false;
        if (rest.EndsWith('/')) rest = rest[..^1];
        return !rest.ContainsAny(NotInAuthority);
    }
}
