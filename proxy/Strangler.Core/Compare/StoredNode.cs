using System.Globalization;

namespace Strangler.Core.Compare;

/// <summary>The node of a stored difference, from its path and its pointer.</summary>
internal static class StoredNode
{
    private const string CutMark = "...";

    /// <summary>The steps to the node; null for a place outside a body, or when a name was too long to be stored.</summary>
    public static PathSegment[]? Of(Difference difference)
    {
        // The path tells names from indices, the pointer has the indices.
        var parser = new JsonPathParser(difference.Path);
        if (parser.Parse() is not null) return null;
        var steps = parser.Steps;
        var tokens = difference.ConcretePath.Length == 0 ? [] : difference.ConcretePath[1..].Split('/');
        if (tokens.Length != steps.Count) return null;
        var node = new PathSegment[tokens.Length];
        for (var i = 0; i < node.Length; i++)
        {
            if (steps[i].Name is { } name)
            {
                if (name.EndsWith(CutMark, StringComparison.Ordinal)) return null;
                node[i] = PathSegment.Field(name);
            }
            else if (int.TryParse(tokens[i], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                node[i] = PathSegment.Item(index);
            }
            else
            {
                return null;
            }
        }

        return node;
    }
}
