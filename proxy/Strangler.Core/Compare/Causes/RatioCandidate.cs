namespace Strangler.Core.Compare.Causes;

/// <summary>
/// Factors that explain every difference counted here: any factor between the bounds gives each new number, rounded to its own
/// decimals. Each further difference narrows the bounds, so that no value has to be kept.
/// </summary>
/// <param name="Low">The smallest such factor.</param>
/// <param name="High">The largest.</param>
/// <param name="Count">Differences explained.</param>
/// <param name="Exact">The factor that explains all without rounding; null when there is none.</param>
/// <param name="First">Identity of the first legacy value.</param>
/// <param name="Varied">True once another legacy value was met.</param>
internal sealed record RatioCandidate(decimal Low, decimal High, long Count, decimal? Exact, ulong First, bool Varied)
{
    private const int MaxDecimals = 4;

    /// <summary>The factor, once it is certain: the only one of so few decimals between the bounds. Null until then, and for 1.</summary>
    public decimal? Factor
    {
        get
        {
            if (Count < Candidate.MinCount || !Varied) return null;
            return Exact ?? Simplest();
        }
    }

    /// <summary>Whether one factor can explain both.</summary>
    public bool Meets(RatioCandidate other) => Low <= other.High && other.Low <= High;

    /// <summary>The differences of both.</summary>
    public RatioCandidate Joined(RatioCandidate other) => new(
        Math.Max(Low, other.Low), Math.Min(High, other.High), Count + other.Count, Exact == other.Exact ? Exact : null, First, Varied || other.Varied || First != other.First);

    private decimal? Simplest()
    {
        var scale = 1m;
        for (var decimals = 0; decimals <= MaxDecimals; decimals++, scale *= 10)
        {
            var first = Math.Ceiling(Low * scale);
            if (first > High * scale) continue;
            return first + 1 > High * scale && first != scale ? first / scale : null;
        }

        return null;
    }
}
