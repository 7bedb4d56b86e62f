using System.Text;

namespace Strangler.Core.Compare;

/// <summary>
/// Learns which objects are maps, such as stock by SKU: objects in which many different names have differed. The names of a map become a star, so that its
/// entries share one path and one group: <c>$.stock.*.qty</c>. One answer never decides it; an object with few names never is one. Safe to share between threads.
/// </summary>
public sealed class MapPaths
{
    /// <summary>So many names, seen over all answers of an operation, are still fields; with one more the object is a map.</summary>
    public const int MaxFields = 100;

    // Beyond it nothing more is learned, and paths stay as they are.
    private const int MaxNames = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Operation, string Parent), HashSet<string>?> _objects = [];
    private int _names;

    /// <summary>The comparison with the names of maps as stars.</summary>
    /// <param name="operation">Id of the operation.</param>
    /// <param name="comparison">What was found.</param>
    public Comparison Fold(string operation, Comparison comparison) => comparison.Differences.Count == 0 && comparison.Notes.Count == 0
        ? comparison
        : comparison with { Differences = Fold(operation, comparison.Differences), Notes = Fold(operation, comparison.Notes) };

    private List<Difference> Fold(string operation, IReadOnlyList<Difference> differences) =>
        [.. differences.Select(difference => difference with { Path = Fold(operation, difference.Path) })];

    private string Fold(string operation, string path)
    {
        if (!path.StartsWith('$')) return path;
        var folded = new StringBuilder("$", path.Length);
        for (var at = 1; at < path.Length;)
        {
            var end = EndOfStep(path, at);
            if (end < 0) return path;
            var step = path[at..end];
            folded.Append(step is not "[*]" && IsOfAMap(operation, folded.ToString(), step) ? ".*" : step);
            at = end;
        }

        return folded.ToString();
    }

    private bool IsOfAMap(string operation, string parent, string step)
    {
        lock (_lock)
        {
            if (!_objects.TryGetValue((operation, parent), out var names))
            {
                if (_names >= MaxNames) return false;
                _objects[(operation, parent)] = names = new HashSet<string>(StringComparer.Ordinal);
            }

            if (names is null) return true;
            if (_names >= MaxNames || !names.Add(step)) return false;
            _names++;
            if (names.Count <= MaxFields) return false;
            _names -= names.Count;
            _objects[(operation, parent)] = null;
            return true;
        }
    }

    // A step is .name, ['name'] with escapes, or [*]; -1 for any other text.
    private static int EndOfStep(string path, int at)
    {
        if (path[at] == '.')
        {
            var end = path.AsSpan(at + 1).IndexOfAny('.', '[');
            return end < 0 ? path.Length : at + 1 + end;
        }

        if (path.AsSpan(at).StartsWith("[*]")) return at + "[*]".Length;
        if (!path.AsSpan(at).StartsWith("['")) return -1;
        for (var i = at + 2; i < path.Length - 1; i++)
        {
            if (path[i] == '\\') i++;
            else if (path[i] == '\'') return path[i + 1] == ']' ? i + 2 : -1;
        }

        return -1;
    }
}
