using Strangler.Core.Model;

namespace Strangler.Core.Rules;

/// <summary>
/// Counts the states that ASP.NET's router makes of patterns. It puts a parameter below every name at the same depth, so patterns such as
/// <c>/a</c>, <c>/{x}/b</c>, <c>/{x}/{y}/c</c> double the states with each depth.
/// </summary>
internal static class RouterSize
{
    public static bool Exceeds(IReadOnlyList<PathTemplate> patterns, int limit)
    {
        var left = limit;
        Count([.. patterns.DistinctBy(p => p.Shape, StringComparer.OrdinalIgnoreCase)], depth: 0, ref left);
        return left < 0;
    }

    // The patterns are those that a path of this depth can still match.
    private static void Count(List<PathTemplate> patterns, int depth, ref int left)
    {
        left--;
        if (left < 0) return;
        var next = patterns.Where(p => p.Segments.Count > depth || IsRest(p)).ToLookup(p => KindAt(p, depth));
        List<PathTemplate> rests = [.. next[SegmentKind.CatchAll]];
        List<PathTemplate> parameters = [.. next[SegmentKind.Parameter], .. rests];
        foreach (var name in next[SegmentKind.Literal].GroupBy(p => p.Segments[depth].Text, StringComparer.OrdinalIgnoreCase))
        {
            Count([.. name, .. parameters], depth + 1, ref left);
            if (left < 0) return;
        }

        if (parameters.Count > rests.Count) Count(parameters, depth + 1, ref left);
        if (rests.Count > 0) left--;
    }

    private static bool IsRest(PathTemplate pattern) => pattern.Segments is [.., { Kind: SegmentKind.CatchAll }];

    private static SegmentKind KindAt(PathTemplate pattern, int depth) => depth < pattern.Segments.Count ? pattern.Segments[depth].Kind : SegmentKind.CatchAll;
}
