using Strangler.Core.Compare;

namespace Strangler.Proxy.Shadow.Evidence;

/// <summary>
/// The requests of the present minute, by a hash of what was asked: a hot product asked a thousand times is one observation, or it would decide
/// everything. Of repeated requests the worst outcome counts, so that a bug that comes and goes is not covered by the answers beside it. Bounded, and not safe for
/// threads.
/// </summary>
internal sealed class SeenRequests
{
    private const int Limit = 50_000;

    private readonly Dictionary<ulong, (Outcome Outcome, int Set)> _seen = [];
    private long _minute;

    /// <summary>What was counted for the request in this minute; null when it was not seen.</summary>
    public (Outcome Outcome, int Set)? Find(ulong request, long minute)
    {
        if (minute != _minute || _seen.Count >= Limit) _seen.Clear();
        _minute = minute;
        return _seen.TryGetValue(request, out var seen) ? seen : null;
    }

    /// <summary>Remembers what was counted.</summary>
    public void Set(ulong request, Outcome outcome, int set) => _seen[request] = (outcome, set);
}
