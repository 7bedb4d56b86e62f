namespace Strangler.Proxy.Shadow;

/// <summary>Counts equal and different exchanges of the last seconds, or of a longer time, slot by slot. Not safe for threads.</summary>
/// <param name="slots">How many slots it has; with <paramref name="slotSeconds"/> how far back it looks.</param>
/// <param name="slotSeconds">Length of a slot in seconds.</param>
internal sealed class RecentWindow(int slots = RecentWindow.Seconds, int slotSeconds = 1)
{
    /// <summary>Length of the window in seconds unless told otherwise.</summary>
    public const int Seconds = 15;

    private readonly long[] _tick = new long[slots];
    private readonly long[] _equal = new long[slots];
    private readonly long[] _different = new long[slots];

    public void Add(DateTimeOffset now, bool equal)
    {
        var tick = now.ToUnixTimeSeconds() / slotSeconds;
        var slot = (int)(tick % _tick.Length);
        if (_tick[slot] != tick) (_tick[slot], _equal[slot], _different[slot]) = (tick, 0, 0);
        if (equal) _equal[slot]++;
        else _different[slot]++;
    }

    public (long Equal, long Different) Read(DateTimeOffset now)
    {
        var oldest = (now.ToUnixTimeSeconds() / slotSeconds) - _tick.Length;
        var (equal, different) = (0L, 0L);
        for (var slot = 0; slot < _tick.Length; slot++)
        {
            if (_tick[slot] <= oldest) continue;
            equal += _equal[slot];
            different += _different[slot];
        }

        return (equal, different);
    }
}
