namespace Strangler.Core.Rules;

/// <summary>Finds the legal name that was probably meant.</summary>
internal static class Nearest
{
    private const int MaxDistance = 3;
    private const int MaxLength = 64;
    private const int MaxListed = 12;

    /// <summary>"did you mean 'x'?", else the list of the legal names; null when no name is legal.</summary>
    public static string? Hint(string name, IReadOnlyCollection<string> legal)
    {
        if (legal.Count == 0) return null;
        if (name.Length > MaxLength) name = name[..MaxLength];
        var best = legal.Select(l => (Name: l, Distance: Distance(name, l))).MinBy(x => x.Distance);
        return best.Distance <= Math.Min(MaxDistance, best.Name.Length / 2)
            ? $"did you mean '{best.Name}'?"
            : $"legal: {string.Join(", ", legal.Take(MaxListed))}{(legal.Count > MaxListed ? ", ..." : "")}";
    }

    // Levenshtein distance, two rows (Wagner and Fischer, 1974).
    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        var current = new int[b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }

            (previous, current) = (current, previous);
        }

        return previous[b.Length];
    }
}
