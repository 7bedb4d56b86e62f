using Strangler.Proxy.Adapters;
using Strangler.Proxy.OwnWrites;
using Strangler.UnitTests.Units;
using static Strangler.UnitTests.OwnWrites.WritingClient;

namespace Strangler.UnitTests.OwnWrites;

/// <summary>An edge whose adapters follow, and a client that reads and writes.</summary>
public abstract class OwnWriteScene
{
    private protected OwnWriteScene()
    {
        EdgeParts = Edge(Time);
        Follow();
    }

    private protected ManualTimeProvider Time { get; } = new();

    private protected WritingClient Client { get; } = new();

    private protected UnitParts EdgeParts { get; }

    private protected void Follow() => Watermarks(Time.GetUtcNow().AddMilliseconds(-100));

    private protected void Watermarks(DateTimeOffset? at) => EdgeParts.Adapters.Show(Reading((Products, at), (Orders, at), (Stocks, at)));

    private protected AdapterReading Reading(params (string Name, DateTimeOffset? Watermark)[] streams)
    {
        var now = Time.GetUtcNow();
        return AdapterReading.Of(new AdapterStatus(now, [.. streams.Select(s => new AdapterStream(s.Name, s.Watermark, null))]), now, now);
    }

    private protected List<string> Names()
    {
        var names = new List<string>();
        var marks = new WriteMarks(WriteCookie.Verify(EdgeParts.Keys.Ring, Client.Cookie));
        while (marks.MoveNext()) names.Add(marks.Capability.ToString());
        return names;
    }
}
