namespace Strangler.Sync.Streams;

/// <summary>Says whether the source is too busy for a backfill.</summary>
internal sealed class SourceLoad(StreamContext stream)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private long? _looked;
    private string? _why;

    /// <summary>Why to wait; null to go on. The source is asked at most once a second.</summary>
    public async Task<string?> WhyWaitAsync(CancellationToken cancellation)
    {
        var clock = stream.Runtime.Clock;
        if (_looked is not { } at || clock.GetElapsedTime(at) >= LookEvery)
        {
            var limit = stream.Runtime.Options.FillMaxActive;
            var active = await stream.Reader.ActiveAsync(cancellation);
            _why = active > limit ? $"{active:N0} sessions are at work in the source, limit {limit:N0} (Sync__FillMaxActive)" : null;
            _looked = clock.GetTimestamp();
        }

        return _why;
    }
}
