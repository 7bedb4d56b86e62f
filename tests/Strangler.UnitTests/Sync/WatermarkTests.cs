using Shouldly;
using Strangler.Sync.Reading;
using Strangler.Sync.Status;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class WatermarkTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly Watermark _watermark = new();

    [Fact]
    public void Applied_PositionReached_ItsTimeIsTheWatermark()
    {
        _watermark.Note(Noon, new Lsn(100));
        _watermark.Note(Noon.AddSeconds(1), new Lsn(200));

        _watermark.Applied(new Lsn(99));
        _watermark.Current.ShouldBeNull();
        _watermark.Applied(new Lsn(100));
        _watermark.Current.ShouldBe(Noon);
        _watermark.Applied(new Lsn(199));
        _watermark.Current.ShouldBe(Noon);
        _watermark.Applied(new Lsn(250));
        _watermark.Current.ShouldBe(Noon.AddSeconds(1));
    }

    [Fact]
    public void Applied_QuietSource_MovesOnAllTheSame()
    {
        _watermark.Note(Noon, new Lsn(100));
        _watermark.Applied(new Lsn(100));
        _watermark.Note(Noon.AddSeconds(1), new Lsn(100));
        _watermark.Applied(new Lsn(100));

        _watermark.Current.ShouldBe(Noon.AddSeconds(1));
    }

    [Fact]
    public void Restart_NotComplete_HasNone()
    {
        _watermark.Note(Noon, new Lsn(100));
        _watermark.Applied(new Lsn(100));
        _watermark.Note(Noon.AddSeconds(1), new Lsn(200));

        _watermark.Restart(complete: true);
        _watermark.Current.ShouldBe(Noon);
        _watermark.OldestPending.ShouldBeNull();
        _watermark.Restart(complete: false);
        _watermark.Current.ShouldBeNull();
    }

    [Fact]
    public void Note_MoreThanAreKept_LosesPrecisionOnly()
    {
        for (var i = 0; i < Watermark.MaxSamples * 3; i++)
        {
            _watermark.Note(Noon.AddSeconds(i), new Lsn((ulong)i));
        }

        _watermark.Applied(new Lsn(Watermark.MaxSamples));
        _watermark.Current!.Value.ShouldBeInRange(Noon.AddSeconds(Watermark.MaxSamples - 8), Noon.AddSeconds(Watermark.MaxSamples));
    }

    [Fact]
    public void Report_Stream_TellsAgeOfTheWatermark()
    {
        var status = new StreamStatus("catalog");
        status.Report(Noon).ShouldBe(new StreamReport("catalog", StreamState.Stopped, null, null, 0, 0, 0, "not started yet"));

        status.Working(filling: false, filledKeys: 5, keysToFill: 5);
        status.Applied(2);
        status.Watermark.Note(Noon, new Lsn(1));
        status.Watermark.Applied(new Lsn(1));

        status.Report(Noon.AddMilliseconds(80))
            .ShouldBe(new StreamReport("catalog", StreamState.Following, Noon.UtcDateTime, 0.08, 5, 5, 2, null));
    }
}
