using System.Globalization;

namespace Strangler.Core.Compare;

/// <summary>Reads the text of a <see cref="JsonPath"/>, left to right.</summary>
internal sealed class JsonPathParser(string text)
{
    private int _at;

    public List<JsonPathStep> Steps { get; } = [];

    /// <summary>Fills <see cref="Steps"/>; returns null, or what is wrong.</summary>
    public string? Parse()
    {
        if (!Take('$')) return "a path starts with '$', for example $.items[*].price";
        while (_at < text.Length)
        {
            var error = ParseStep();
            if (error is not null) return error;
        }

        return null;
    }

    private string? ParseStep()
    {
        if (Take('['))
            return ParseBracket(descendant: false);
        if (!Take('.'))
            return $"expected '.' or '[' at position {_at + 1}";
        if (!Take('.'))
            return ParseDotted(descendant: false);
        return Take('[') ? ParseBracket(descendant: true) : ParseDotted(descendant: true);
    }

    private string? ParseDotted(bool descendant)
    {
        if (Take('*'))
        {
            Steps.Add(new JsonPathStep(descendant, null, null));
            return null;
        }

        var start = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' || text[_at] > 0x7f)) _at++;
        if (_at == start) return $"expected a field name at position {_at + 1}; other names are written ['first-name']";
        if (char.IsAsciiDigit(text[start])) return $"a field name that starts with a digit is written ['{text[start.._at]}']";
        Steps.Add(new JsonPathStep(descendant, text[start.._at], null));
        return null;
    }

    private string? ParseBracket(bool descendant)
    {
        var (step, error) = _at >= text.Length ? (null, "the path ends inside '['") : text[_at] switch
        {
            '*' => TakeStar(descendant),
            '\'' or '"' => ParseQuoted(descendant),
            _ => ParseIndex(descendant),
        };
        if (step is null) return error;
        if (!Take(']')) return $"expected ']' at position {_at + 1}";
        Steps.Add(step);
        return null;
    }

    private (JsonPathStep? Step, string? Error) TakeStar(bool descendant)
    {
        _at++;
        return (new JsonPathStep(descendant, null, null), null);
    }

    private (JsonPathStep? Step, string? Error) ParseQuoted(bool descendant)
    {
        var quote = text[_at++];
        var name = new System.Text.StringBuilder();
        while (_at < text.Length && text[_at] != quote)
        {
            if (text[_at] == '\\' && _at + 1 < text.Length) _at++;
            name.Append(text[_at++]);
        }

        return Take(quote) ? (new JsonPathStep(descendant, name.ToString(), null), null) : (null, $"the name is not closed with {quote}");
    }

    private (JsonPathStep? Step, string? Error) ParseIndex(bool descendant)
    {
        var start = _at;
        while (_at < text.Length && char.IsAsciiDigit(text[_at])) _at++;
        return int.TryParse(text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? (new JsonPathStep(descendant, null, index), null)
            : (null, $"expected an index, '*' or a quoted name at position {start + 1}; slices and filters are not supported");
    }

    private bool Take(char expected)
    {
        if (_at >= text.Length || text[_at] != expected) return false;
        _at++;
        return true;
    }
}
