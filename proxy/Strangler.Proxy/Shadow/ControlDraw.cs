namespace Strangler.Proxy.Shadow;

/// <summary>
/// Draws the exchanges in which legacy is asked a second time. The order is drawn too: whoever were always asked last would see the most
/// changes of the data, and its noise would be overestimated.
/// </summary>
/// <param name="random">Where chance comes from.</param>
internal sealed class ControlDraw(Random random)
{
    private readonly Lock _lock = new();

    /// <summary>The turn of one exchange.</summary>
    /// <param name="share">Share of the exchanges in which legacy is asked, 0 to 1.</param>
    public ControlTurn Next(double share)
    {
        if (share <= 0) return ControlTurn.None;
        lock (_lock)
        {
            if (random.NextDouble() >= share) return ControlTurn.None;
            return random.Next(2) == 0 ? ControlTurn.LegacyFirst : ControlTurn.NewFirst;
        }
    }
}
