using System.Text;
using Strangler.Core.Model;

namespace Strangler.Core.Rules;

/// <summary>How the paths of two patterns relate.</summary>
internal static class PatternRelations
{
    private const string AnySegment = "x";

    /// <summary>True when every path of <paramref name="special"/> is one of <paramref name="general"/> too.</summary>
    public static bool Covers(PathTemplate general, PathTemplate special)
    {
        for (var i = 0; ; i++)
        {
            if (i < general.Segments.Count && general.Segments[i].Kind == SegmentKind.CatchAll) return true;
            if (i >= general.Segments.Count || i >= special.Segments.Count) return general.Segments.Count == special.Segments.Count;
            var (g, s) = (general.Segments[i], special.Segments[i]);
            if (s.Kind > g.Kind || (g.Kind == SegmentKind.Literal && !SameText(g, s))) return false;
        }
    }

    /// <summary>A path that both match; null when there is none.</summary>
    public static string? CommonPath(PathTemplate a, PathTemplate b)
    {
        if (!Overlap(a, b)) return null;
        var path = new StringBuilder();
        for (var i = 0; i < Math.Max(a.Segments.Count, b.Segments.Count); i++)
        {
            var literal = LiteralAt(a, i) ?? LiteralAt(b, i);
            var isSegment = literal is not null || IsParameterAt(a, i) || IsParameterAt(b, i);
            if (isSegment) path.Append('/').Append(literal ?? AnySegment);
        }

        return path.Length == 0 ? "/" : path.ToString();
    }

    private static bool Overlap(PathTemplate a, PathTemplate b)
    {
        for (var i = 0; ; i++)
        {
            if (IsCatchAllAt(a, i) || IsCatchAllAt(b, i)) return true;
            if (i >= a.Segments.Count || i >= b.Segments.Count) return a.Segments.Count == b.Segments.Count;
            var (first, second) = (a.Segments[i], b.Segments[i]);
            if (first.Kind == SegmentKind.Literal && second.Kind == SegmentKind.Literal && !SameText(first, second)) return false;
        }
    }

    private static bool SameText(TemplateSegment a, TemplateSegment b) => string.Equals(a.Text, b.Text, StringComparison.OrdinalIgnoreCase);

    private static string? LiteralAt(PathTemplate template, int i) =>
        i < template.Segments.Count && template.Segments[i] is (SegmentKind.Literal, var text) ? text : null;

    private static bool IsParameterAt(PathTemplate template, int i) => i < template.Segments.Count && template.Segments[i].Kind == SegmentKind.Parameter;

    private static bool IsCatchAllAt(PathTemplate template, int i) => i < template.Segments.Count && template.Segments[i].Kind == SegmentKind.CatchAll;
}
