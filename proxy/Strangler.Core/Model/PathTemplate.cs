using System.Text;

namespace Strangler.Core.Model;

/// <summary>A path with parameters, as in ASP.NET Core routes: <c>/a/{b}/{**rest}</c>; a parameter fills a whole segment.</summary>
public sealed class PathTemplate
{
    private readonly TemplateSegment[] _segments;

    private PathTemplate(string text, TemplateSegment[] segments)
    {
        Text = text;
        _segments = segments;
    }

    /// <summary>The template as it was written.</summary>
    public string Text { get; }

    /// <summary>Its segments in order.</summary>
    internal IReadOnlyList<TemplateSegment> Segments => _segments;

    /// <summary>The names of the parameters in order.</summary>
    public IEnumerable<string> Parameters => _segments.Where(s => s.Kind != SegmentKind.Literal).Select(s => s.Text);

    /// <summary>What the template matches, with the names of the parameters left out: two templates with equal shapes match the same.</summary>
    public string Shape => string.Concat(_segments.Select(s => s.Kind switch
    {
        SegmentKind.Literal => "/" + s.Text.ToUpperInvariant(),
        SegmentKind.Parameter => "/{}",
        _ => "/{**}",
    }));

    /// <summary>Parses a template.</summary>
    /// <param name="text">The template; starts with a slash.</param>
    /// <param name="template">The template, when true is returned.</param>
    /// <param name="error">What is wrong with it, when false is returned.</param>
    public static bool TryParse(string text, out PathTemplate? template, out string? error)
    {
        template = null;
        if (!text.StartsWith('/'))
        {
            error = "a path starts with '/'";
            return false;
        }

        var parts = text.Length == 1 ? [] : text[1..].Split('/');
        var segments = new TemplateSegment[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!TryParseSegment(parts[i], isLast: i == parts.Length - 1, out segments[i], out error)) return false;
        }

        var names = segments.Where(s => s.Kind != SegmentKind.Literal).Select(s => s.Text).ToList();
        if (names.Distinct(StringComparer.OrdinalIgnoreCase).Count() != names.Count)
        {
            error = "a parameter name stands twice";
            return false;
        }

        template = new PathTemplate(text, segments);
        error = null;
        return true;
    }

    /// <summary>
    /// Orders templates that match the same path, best match first: a literal beats a parameter beats the rest of the path, from the left
    /// (the precedence of ASP.NET Core routing).
    /// </summary>
    public static IComparer<PathTemplate> BestMatchFirst { get; } =
        Comparer<PathTemplate>.Create((a, b) => string.CompareOrdinal(a.Precedence, b.Precedence));

    private string Precedence => string.Concat(_segments.Select(s => (char)('0' + (int)s.Kind)));

    /// <summary>
    /// Matches a path as ASP.NET Core routing does: literals whatever their case, one slash at the end counts for nothing, no parameter
    /// takes an empty segment.
    /// </summary>
    /// <param name="path">A path without query, not escaped; starts with a slash.</param>
    /// <returns>The values of the parameters; null when the path does not match.</returns>
    public IReadOnlyDictionary<string, object?>? Match(string path)
    {
        var parts = path[1..].Split('/');
        var count = parts[^1].Length == 0 ? parts.Length - 1 : parts.Length;
        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < _segments.Length; i++)
        {
            var (kind, text) = _segments[i];
            if (kind == SegmentKind.CatchAll)
            {
                values[text] = string.Join('/', parts.Skip(i));
                return values;
            }

            if (i >= count || parts[i].Length == 0) return null;
            if (kind == SegmentKind.Parameter) values[text] = parts[i];
            else if (!string.Equals(text, parts[i], StringComparison.OrdinalIgnoreCase)) return null;
        }

        return count == _segments.Length ? values : null;
    }

    /// <summary>The path with its parameters filled in, not escaped.</summary>
    /// <param name="values">The values of the parameters; a missing one becomes empty.</param>
    public string Fill(IReadOnlyDictionary<string, object?> values)
    {
        if (_segments.Length == 0) return "/";
        var path = new StringBuilder(Text.Length + 32);
        foreach (var segment in _segments)
        {
            path.Append('/');
            if (segment.Kind == SegmentKind.Literal) path.Append(segment.Text);
            else if (values.TryGetValue(segment.Text, out var value)) path.Append(value);
        }

        return path.ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool TryParseSegment(string part, bool isLast, out TemplateSegment segment, out string? error)
    {
        segment = default;
        error = null;
        if (part.Length == 0)
        {
            error = "a path has no empty segment and no slash at its end";
        }
        else if (part is "." or "..")
        {
            error = $"'{part}' is resolved before a path is looked at, so no path has it";
        }
        else if (part.AsSpan().IndexOfAny("?#%\\ ") >= 0 || part.Any(char.IsControl))
        {
            error = $"'{part}' has a character that no path pattern may have (? # % \\ or a space): a path ends before its query, and is matched unescaped";
        }
        else if (part.AsSpan().IndexOfAny('{', '}') < 0)
        {
            segment = new TemplateSegment(SegmentKind.Literal, part);
        }
        else if (!part.StartsWith('{') || !part.EndsWith('}') || part.AsSpan(1, part.Length - 2).IndexOfAny('{', '}') >= 0)
        {
            error = $"in '{part}' a parameter must fill the whole segment";
        }
        else
        {
            error = ParseParameter(part[1..^1], isLast, out segment);
        }

        return error is null;
    }

    private static string? ParseParameter(string inner, bool isLast, out TemplateSegment segment)
    {
        var isCatchAll = inner.StartsWith('*');
        var name = inner.TrimStart('*');
        segment = new TemplateSegment(isCatchAll ? SegmentKind.CatchAll : SegmentKind.Parameter, name);
        if (isCatchAll && !isLast) return $"'{{{inner}}}' takes the rest of the path, so it must stand last";
        if (isCatchAll && inner.Length - name.Length != 2) return $"write '{{**{name}}}': two stars, so that slashes stay as they are";
        return name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? null
            : $"'{name}' is no parameter name: use letters, digits and _";
    }
}
