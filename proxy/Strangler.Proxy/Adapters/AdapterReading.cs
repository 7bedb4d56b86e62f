using Strangler.Core.Compare;

namespace Strangler.Proxy.Adapters;

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

    /// <summary>
    /// True when everything that had been committed by an instant of the adapters' clock has been applied for a capability. Allocates nothing.
    /// </summary>
    /// <param name="capability">The capability.</param>
    /// <param name="instant">Unix time in milliseconds, by the adapters' clock.</param>
    public bool HasPassed(ReadOnlySpan<char> capability, long instant) =>
        StreamOf(capability)?.Watermark is { } watermark && watermark.ToUnixTimeMilliseconds() >= instant;

    /// <summary>True when the adapters have a stream for a capability, whether its watermark is known or not.</summary>
    public bool Feeds(ReadOnlySpan<char> capability) => StreamOf(capability) is not null;

    /// <summary>True when all streams have passed an instant.</summary>
    /// <param name="instant">Unix time in milliseconds, by the adapters' clock.</param>
    public bool HasPassedEverywhere(long instant) => Streams.All(stream => HasPassed(stream.Name, instant));

    /// <summary>A capability's lag in seconds; null when unknown.</summary>
    public double? LagOf(string capability) => StreamOf(capability)?.LagSeconds;

    private AdapterStream? StreamOf(ReadOnlySpan<char> capability)
    {
        for (var i = 0; i < Streams.Count; i++)
        {
            if (capability.SequenceEqual(Streams[i].Name)) return Streams[i];
        }

        return null;
    }
}
