using System.Globalization;
using System.Text;

namespace LegacyShop.Web;

/// <summary>One answered request in the Combined Log Format, with its start in UTC and its duration at the end.</summary>
internal sealed record AccessLogLine(
    string Client,
    DateTimeOffset Started,
    string Method,
    string Target,
    string Protocol,
    int Status,
    long Bytes,
    string? Referer,
    string? UserAgent,
    double Milliseconds)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Client} - - [{Started.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffffZ}] \"{Escape(Method)} {Escape(Target)} {Protocol}\" "
        + $"{Status} {Bytes} \"{Escape(Referer)}\" \"{Escape(UserAgent)}\" {Milliseconds:0.0}");

    // What a client sends must not be able to forge a line or a field.
    private static string Escape(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "-";
        }

        if (!text.Any(NeedsEscape))
        {
            return text;
        }

        var escaped = new StringBuilder();
        foreach (var c in text)
        {
            if (NeedsEscape(c))
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            }
            else
            {
                escaped.Append(c);
            }
        }

        return escaped.ToString();
    }

    private static bool NeedsEscape(char c) => c is '"' or '\\' || char.IsControl(c);
}
