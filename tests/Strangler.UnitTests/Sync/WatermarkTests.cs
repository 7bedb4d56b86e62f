using Shouldly;
using Strangler.Core.Adapters;
using Strangler.Sync.Applying;
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
        status.Report(Noon).ShouldSatisfyAllConditions(
            report => report.State.ShouldBe(StreamStates.Stopped),
            report => report.Error.ShouldBe("not started yet"),
            report => report.Watermark.ShouldBeNull(),
            report => report.LagBytes.ShouldBeNull());

        status.Live(new Lsn(0));
        status.Filling(isActive: false, filled: 5, toFill: 5, Noon);
        status.Applied(2);
        status.Noted(Noon, new Lsn(10));
        status.Progressed(new Lsn(4));
        status.Report(Noon).LagBytes.ShouldBe(6);
        status.Progressed(new Lsn(10));

        status.Report(Noon.AddMilliseconds(80)).ShouldSatisfyAllConditions(
            report => report.State.ShouldBe(StreamStates.Following),
            report => report.Error.ShouldBeNull(),
            report => report.Watermark.ShouldBe(Noon),
            report => report.LagSeconds.ShouldBe(0.08),
            report => report.LagBytes.ShouldBe(0),
            report => report.Applied.ShouldBe(2));
    }

    [Fact]
    public void Waiting_NotedInsteadOfApplied_ThereIsNoWatermark()
    {
        var status = new StreamStatus("catalog");
        status.Live(new Lsn(0));
        status.Filling(isActive: false, filled: 5, toFill: 5, Noon);
        status.Waiting(new Backlog(Waiting: 1, Blocking: 1, DeadLetters: 0));
        status.Noted(Noon, new Lsn(1));
        status.Progressed(new Lsn(1));
        status.Watermark.Current.ShouldBeNull();

        status.Waiting(new Backlog(Waiting: 1, Blocking: 0, DeadLetters: 1));
        status.Noted(Noon, new Lsn(1));
        status.Progressed(new Lsn(1));
        status.Watermark.Current.ShouldBe(Noon);
    }
}
