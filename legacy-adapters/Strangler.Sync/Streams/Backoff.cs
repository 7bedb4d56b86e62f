namespace Strangler.Sync.Streams;

/// <summary>Waiting times that double up to a limit.</summary>
/// <param name="first">The first one.</param>
/// <param name="longest">The limit.</param>
internal sealed class Backoff(TimeSpan first, TimeSpan longest)
{
    private int _doublings;

    /// <summary>The next waiting time.</summary>
    public TimeSpan Next()
    {
        var wait = first * Math.Pow(2, _doublings);
        if (wait >= longest)
        {
            return longest;
        }

        _doublings++;
        return wait;
    }

    /// <summary>Starts anew with the first.</summary>
    public void Reset() => _doublings = 0;
}
