namespace Strangler.Core.Compare.Causes;

/// <summary>Sort orders for people: sorted by price instead of name.</summary>
internal static class SortText
{
    public static string Of(Candidate now, Candidate? before) =>
        before is not null ? $"sorted by {Name(now.Key)} instead of {Name(before.Key)}" : $"sorted by {Name(now.Key)}";

    private static string Name(string key) => key.StartsWith('-') ? $"{key[1..]} descending" : key;
}
