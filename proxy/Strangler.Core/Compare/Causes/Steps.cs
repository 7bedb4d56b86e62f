namespace Strangler.Core.Compare.Causes;

/// <summary>The series 1, 2, 5, 10, 20, ...: coarse enough to hide a value, fine enough to try a tolerance.</summary>
internal static class Steps
{
    private static readonly decimal[] Series =
        [.. Enumerable.Range(-12, 28).SelectMany(power => new[] { 1m, 2m, 5m }.Select(step => step * Power(power)))];

    /// <summary>The smallest step that is no smaller than a value; null when it is beyond the series.</summary>
    public static decimal? Up(decimal value)
    {
        var at = Array.BinarySearch(Series, value);
        if (at < 0) at = ~at;
        return at < Series.Length ? Series[at] : null;
    }

    /// <summary>The step before one of the series; zero before the first.</summary>
    public static decimal Before(decimal step)
    {
        var at = Array.BinarySearch(Series, step);
        return at > 0 ? Series[at - 1] : 0;
    }

    private static decimal Power(int exponent)
    {
        var value = 1m;
        for (var i = 0; i < Math.Abs(exponent); i++) value = exponent > 0 ? value * 10 : value / 10;
        return value;
    }
}
