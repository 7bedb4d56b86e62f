namespace Strangler.Cli.Output;

/// <summary>How far something is: a bar on a terminal, elsewhere a line for each quarter.</summary>
/// <param name="terminal">Where to write: always to the standard error stream.</param>
/// <param name="what">What goes on.</param>
internal sealed class ProgressLine(Terminal terminal, string what)
{
    private const int Bar = 24;
    private const int Quarters = 4;

    private int _quarter;
    private bool _drawn;

    /// <summary>Shows how far it is.</summary>
    /// <param name="done">So much is done.</param>
    /// <param name="total">About how much there is; 0 when that is not known yet.</param>
    /// <param name="secondsLeft">How long it still takes; null when that is not known.</param>
    public void Show(long done, long total, double? secondsLeft)
    {
        var share = total == 0 ? 0 : Math.Min(1, (double)done / total);
        var text = $"{Words.Count(done)} of {Words.Count(total)}, {Words.Seconds(secondsLeft)} left";
        if (terminal is { HasCursor: true, CanAsk: true })
        {
            var full = (int)(share * Bar);
            terminal.Error.Write($"\r{what} [{new string('=', full)}{new string(' ', Bar - full)}] {text}\u001b[K");
            _drawn = true;
        }
        else if ((int)(share * Quarters) > _quarter && share < 1)
        {
            _quarter = (int)(share * Quarters);
            terminal.Error.WriteLine($"{what}: {text}");
        }
    }

    /// <summary>Takes the bar away.</summary>
    public void Clear()
    {
        if (_drawn)
        {
            terminal.Error.Write("\r\u001b[K");
        }
    }
}
