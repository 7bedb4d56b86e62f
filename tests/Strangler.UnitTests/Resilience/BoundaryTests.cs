using System.Text;
using Shouldly;
using Strangler.Proxy.Resilience.LongLived;
using Xunit;

namespace Strangler.UnitTests.Resilience;

/// <summary>Where a stream of bytes may be ended: between two frames, between two events, however the bytes are cut.</summary>
public sealed class BoundaryTests
{
    [Theory]
    [InlineData("data: a\n\n", 9)]
    [InlineData("data: a\r\n\r\n", 10)]
    [InlineData("data: a\r\rdata: b", 9)]
    [InlineData("id: 1\ndata: a\n\ndata: b\n\n", 15)]
    [InlineData("\n\ndata: a\n\n", 11)]
    [InlineData("data: a\n", -1)]
    [InlineData("data: a\n\rmore", 9)]
    public void ReadEvent_Text_StopsAfterTheFirstWholeEvent(string text, int end)
    {
        var events = default(EventReader);
        var bytes = Encoding.UTF8.GetBytes(text);

        var read = events.ReadEvent(bytes);

        (read, events.IsBetween).ShouldBe(end < 0 ? (bytes.Length, false) : (end, true));
    }

    [Fact]
    public void ReadEvent_ByteByByte_FindsTheSameEnds()
    {
        var bytes = Encoding.UTF8.GetBytes("data: a\r\n\r\n:ping\n\ndata: b\rdata: c\r\r");
        var events = default(EventReader);
        var ends = new List<int>();
        for (var i = 0; i < bytes.Length; i++)
        {
            var was = events.IsBetween;
            events.ReadEvent(bytes.AsSpan(i, 1));
            if (!was && events.IsBetween) ends.Add(i + 1);
        }

        ends.ShouldBe([10, 18, bytes.Length]);
        events.IsBetween.ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(5, false)]
    [InlineData(125, true)]
    [InlineData(126, false)]
    [InlineData(70_000, true)]
    public void ReadFrame_AnyLengthAndCut_FindsItsEnd(int payload, bool masked)
    {
        var frame = Frame(payload, masked);
        foreach (var cut in new[] { 1, 2, 3, 7, 1024, frame.Length })
        {
            var frames = new FrameReader();
            var bytes = (byte[])[.. frame, .. frame];
            var ends = new List<int>();
            for (var at = 0; at < bytes.Length;)
            {
                at += frames.ReadFrame(bytes.AsSpan(at, Math.Min(cut, bytes.Length - at)));
                if (frames.IsBetween) ends.Add(at);
            }

            ends.ShouldBe([frame.Length, bytes.Length]);
        }
    }

    private static byte[] Frame(int payload, bool masked)
    {
        var head = new List<byte> { 0x82 };
        var mask = masked ? 0x80 : 0;
        if (payload < 126) head.Add((byte)(mask | payload));
        else if (payload < 65_536) head.AddRange([(byte)(mask | 126), (byte)(payload >> 8), (byte)payload]);
        else head.AddRange([(byte)(mask | 127), 0, 0, 0, 0, (byte)(payload >> 24), (byte)(payload >> 16), (byte)(payload >> 8), (byte)payload]);
        if (masked) head.AddRange([1, 2, 3, 4]);
        return [.. head, .. new byte[payload]];
    }
}
