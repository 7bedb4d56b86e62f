namespace Strangler.Demo.Tour;

/// <summary>
/// Reads right after a write. They stay at the monolith until the adapters have brought the write over, whatever the share is, and say
/// nothing about where a shopper belongs.
/// </summary>
internal static class ReadsAfterWrites
{
    /// <summary>How long the adapters and the edges' look at them take at most, on a busy machine.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    /// <summary>The requests of a log without those that follow a write of the same shopper within the window.</summary>
    /// <param name="log">What the monolith served, in the order of its log.</param>
    public static IEnumerable<AccessEntry> Without(IReadOnlyList<AccessEntry> log)
    {
        var writes = log.Where(entry => entry.Method != "GET").ToLookup(entry => entry.UserAgent, entry => entry.Start, StringComparer.Ordinal);
        return log.Where(entry => !writes[entry.UserAgent].Any(write => entry.Start >= write && entry.Start <= write + Window));
    }
}
