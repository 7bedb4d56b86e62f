using Strangler.Core.Compare;

namespace Strangler.Proxy.Shadow;

/// <summary>One look at the adapters, with their clock measured against the edge's.</summary>
/// <param name="Asked">When the adapters were asked, by the edge's clock.</param>
/// <param name="ClockOffset">
/// How far the adapters' clock is ahead of the edge's. Their times are moved by it; what is left uncertain is half the time that the
/// look took, which is every watermark's margin.
/// </param>
/// <param name="Margin">Half the time that the look took.</param>
/// <param name="Streams">The streams as reported.</param>
internal sealed record AdapterReading(DateTimeOffset Asked, TimeSpan ClockOffset, TimeSpan Margin, IReadOnlyList<AdapterStream> Streams)
{
    public static AdapterReading Of(AdapterStatus status, DateTimeOffset asked, DateTimeOffset answered)
    {
        var half = (answered - asked) / 2;
        return new AdapterReading(asked, status.Now - (asked + half), half, status.Streams);
    }

    /// <summary>A capability's watermark by the edge's clock; null when its stream has none, or one that no calendar has.</summary>
    public Watermark? WatermarkOf(string capability)
    {
        if (StreamOf(capability)?.Watermark is not { } time) return null;
        var ticks = time.UtcTicks - ClockOffset.Ticks;
        var isTime = ticks >= Margin.Ticks && ticks <= DateTimeOffset.MaxValue.UtcTicks - Margin.Ticks;
        return isTime ? new Watermark(new DateTimeOffset(ticks, TimeSpan.Zero), Margin) : null;
    }

    /// <summary>A capability's lag in seconds; null when unknown.</summary>
    public double? LagOf(string capability) => StreamOf(capability)?.LagSeconds;

    private AdapterStream? StreamOf(string capability) =>
        Streams.FirstOrDefault(stream => string.Equals(stream.Name, capability, StringComparison.Ordinal));
}
