namespace Strangler.Proxy.Shadow;

/// <summary>Counts equal and different exchanges of the last seconds, second by second. Not safe for threads.</summary>
internal sealed class RecentWindow
{
    /// <summary>Length of the window in seconds.</summary>
    public const int Seconds = 15;

    private readonly long[] _second = new long[Seconds];
    private readonly long[] _equal = new long[Seconds];
    private readonly long[] _different = new long[Seconds];

    public void Add(DateTimeOffset now, bool equal)
    {
        var second = now.ToUnixTimeSeconds();
        var slot = (int)(second % Seconds);
        if (_second[slot] != second) (_second[slot], _equal[slot], _different[slot]) = (second, 0, 0);
        if (equal) _equal[slot]++;
        else _different[slot]++;
    }

    public (long Equal, long Different) Read(DateTimeOffset now)
    {
        var oldest = now.ToUnixTimeSeconds() - Seconds;
        var (equal, different) = (0L, 0L);
        for (var slot = 0; slot < Seconds; slot++)
        {
            if (_second[slot] <= oldest) continue;
            equal += _equal[slot];
            different += _different[slot];
        }

        return (equal, different);
    }
}
