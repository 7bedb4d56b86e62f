namespace Strangler.Core.Compare.Content;

/// <summary>A Set-Cookie line without the value of the cookie: that is a secret, and differs anyway.</summary>
/// <param name="Name">The name of the cookie.</param>
/// <param name="Attributes">Everything else, in one spelling: <c>a value; httponly; path=/; session</c>.</param>
internal sealed record CookieLine(string Name, string Attributes)
{
    private const string Separator = "; ";

    public static CookieLine Of(string line)
    {
        var parts = line.Split(';', StringSplitOptions.TrimEntries);
        var equals = parts[0].IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? "" : parts[0][..equals].Trim();
        var hasValue = parts[0].AsSpan(equals + 1).Trim() is { IsEmpty: false } and not "\"\"";
        var attributes = new SortedSet<string>(StringComparer.Ordinal);
        var life = "session";
        foreach (var part in parts.Skip(1))
        {
            var (key, value) = Split(part);
            switch (key)
            {
                case "expires" or "max-age":
                    // When it ends depends on when it was set; that it ends does not.
                    if (life != "deleted") life = IsOver(key, value) ? "deleted" : "kept";
                    break;
                case "path":
                    attributes.Add($"path={value}");
                    break;
                case "":
                    break;
                default:
                    attributes.Add(value.Length == 0 ? key : $"{key}={value.ToLowerInvariant()}");
                    break;
            }
        }

        return new CookieLine(name, string.Join(Separator, [hasValue ? "a value" : "no value", .. attributes, life]));
    }

    private static bool IsOver(string key, string value) => key == "max-age"
        ? value.StartsWith('-') || value == "0"
        : DateTimeOffset.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var expires) && expires.Year <= 1971;

    private static (string Key, string Value) Split(string part)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (part.ToLowerInvariant(), "") : (part[..equals].Trim().ToLowerInvariant(), part[(equals + 1)..].Trim());
    }
}
