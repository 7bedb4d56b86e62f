using System.Diagnostics.CodeAnalysis;

namespace Strangler.Core.Compare;

/// <summary>
/// A path into JSON documents: the subset of RFC 9535 with child (<c>$.a</c>, <c>$['a']</c>), wildcard (<c>.*</c>, <c>[*]</c>),
/// descendant (<c>..a</c>) and index (<c>[0]</c>). It is matched step by step, never as a prefix of a text:
/// <c>$.price</c> does not match <c>$.priceCurrency</c>.
/// </summary>
public sealed class JsonPath
{
    /// <summary>The most steps that a path may have.</summary>
    public const int MaxSteps = 32;

    private readonly JsonPathStep[] _steps;

    private JsonPath(string text, JsonPathStep[] steps)
    {
        Text = text;
        _steps = steps;
    }

    /// <summary>The path that no node has.</summary>
    public static JsonPath Nowhere { get; } = new("", [new JsonPathStep(Descendant: false, Name: null, Index: -1)]);

    /// <summary>The path as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a path.</summary>
    /// <param name="text">For example <c>$.items[*].price</c>.</param>
    /// <param name="path">The path, when the text is one.</param>
    /// <param name="error">One sentence that says what is wrong, when it is not.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out JsonPath? path, [NotNullWhen(false)] out string? error)
    {
        path = null;
        var parser = new JsonPathParser(text ?? "");
        error = parser.Parse();
        if (error is null && parser.Steps.Count > MaxSteps) error = $"a path may have at most {MaxSteps} steps";
        if (error is not null) return false;
        path = new JsonPath(text!, [.. parser.Steps]);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>True if the path names exactly this node.</summary>
    internal bool Matches(ReadOnlySpan<PathSegment> node)
    {
        var states = 1L;
        foreach (var segment in node) states = Advance(states, segment);
        return IsComplete(states);
    }

    /// <summary>True if the path names this node or one that it lies in.</summary>
    internal bool MatchesAtOrAbove(ReadOnlySpan<PathSegment> node)
    {
        var states = 1L;
        if (IsComplete(states)) return true;
        foreach (var segment in node)
        {
            states = Advance(states, segment);
            if (IsComplete(states)) return true;
        }

        return false;
    }

    // Bit i of the states means: the first i steps are satisfied. All readings of ".." are followed at once, so a path costs
    // steps x depth and nothing can make it backtrack.
    private long Advance(long states, PathSegment segment)
    {
        var next = 0L;
        for (var i = 0; i < _steps.Length; i++)
        {
            if ((states & (1L << i)) == 0) continue;
            if (_steps[i].Descendant) next |= 1L << i;
            if (_steps[i].Accepts(segment)) next |= 1L << (i + 1);
        }

        return next;
    }

    private bool IsComplete(long states) => (states & (1L << _steps.Length)) != 0;
}
