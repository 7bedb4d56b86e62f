using System.Buffers;
using System.Collections.Frozen;

namespace Strangler.Core.Compare.Content;

/// <summary>
/// Guesses how deeply a page nests without reading it as HTML does: for a start tag the parser looks through all elements that are open,
/// so that a page of nothing but start tags would take it seconds.
/// </summary>
internal static class TagBalance
{
    // Elements without an end tag, or whose end tag is often left out.
    private static readonly FrozenSet<string> Unclosed = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
        "dd", "dt", "li", "optgroup", "option", "p", "tbody", "td", "tfoot", "th", "thead", "tr");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Names = Unclosed.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    /// <summary>True if more elements than the limit may be open at once, script and style left out.</summary>
    public static bool Exceeds(ReadOnlySpan<char> html, int limit)
    {
        var open = 0;
        for (var at = html.IndexOf('<'); at >= 0 && at + 1 < html.Length; at = html.IndexOf('<'))
        {
            html = html[(at + 1)..];
            if (html[0] == '/')
            {
                open = Math.Max(0, open - 1);
                continue;
            }

            var length = html.IndexOfAnyExcept(Letters);
            var name = html[..(length < 0 ? html.Length : length)];
            if (name.IsEmpty || Names.Contains(name)) continue;
            if (++open > limit) return true;
            if (name.Equals("script", StringComparison.OrdinalIgnoreCase) || name.Equals("style", StringComparison.OrdinalIgnoreCase)) html = AfterText(html);
        }

        return false;
    }

    // From the next end tag on: what looks like a tag before it is a comparison.
    private static ReadOnlySpan<char> AfterText(ReadOnlySpan<char> html)
    {
        var end = html.IndexOf("</");
        return end < 0 ? [] : html[end..];
    }
}
