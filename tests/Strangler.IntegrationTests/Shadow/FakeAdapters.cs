using Microsoft.AspNetCore.Http;

namespace Strangler.IntegrationTests.Shadow;

/// <summary>Answers as the adapters do, with a watermark that follows the clock or stands still. Its clock is an hour ahead of the edge's.</summary>
internal sealed class FakeAdapters : IAsyncDisposable
{
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(1);
    private static readonly TimeSpan Trail = TimeSpan.FromMilliseconds(100);

    private readonly Backend _backend;
    private DateTimeOffset? _standsAt;

    private FakeAdapters(Backend backend) => _backend = backend;

    public string Address => _backend.Address;

    public static async Task<FakeAdapters> StartAsync()
    {
        var adapters = new FakeAdapters(await Backend.StartAsync(_ => Task.CompletedTask));
        adapters._backend.Answer = adapters.AnswerAsync;
        return adapters;
    }

    /// <summary>From now on the watermark trails the clock by 100 ms.</summary>
    public void Follow() => _standsAt = null;

    /// <summary>The watermark stays where it is.</summary>
    public void StandStill() => _standsAt = TimeProvider.System.GetUtcNow() + Ahead - TimeSpan.FromSeconds(1);

    /// <summary>Waits for two more looks: the second one has begun after this call.</summary>
    public Task LookedAtTwiceAsync()
    {
        var before = _backend.Seen.Count;
        return ShadowedEdge.UntilAsync(() => _backend.Seen.Count >= before + 3, () => "the edge to look at the adapters");
    }

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var now = TimeProvider.System.GetUtcNow() + Ahead;
        var watermark = _standsAt ?? now - Trail;
        return Backend.Json($$"""
            {"now":"{{now:O}}","streams":[{"name":"shop","state":"following","watermark":"{{watermark:O}}","lagSeconds":0.1,"filled":1,"toFill":1,"applied":1,"error":null}]}
            """)(context);
    }
}
