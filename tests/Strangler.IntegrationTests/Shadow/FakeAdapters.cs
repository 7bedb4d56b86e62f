using Microsoft.AspNetCore.Http;

namespace Strangler.IntegrationTests.Shadow;

/// <summary>Answers as the adapters do, with a watermark that follows the clock or stands still; that of the capability <c>other</c> always follows. Its clock is an hour ahead of the edge's.</summary>
internal sealed class FakeAdapters : IAsyncDisposable
{
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(1);
    private static readonly TimeSpan Trail = TimeSpan.FromMilliseconds(100);

    private readonly Backend _backend;
    private volatile Func<DateTimeOffset?>? _watermark;

    private FakeAdapters(Backend backend) => _backend = backend;

    public string Address => _backend.Address;

    public static async Task<FakeAdapters> StartAsync()
    {
        var adapters = new FakeAdapters(await Backend.StartAsync(_ => Task.CompletedTask));
        adapters._backend.Answer = adapters.AnswerAsync;
        return adapters;
    }

    /// <summary>From now on the watermark trails the clock by 100 ms.</summary>
    public void Follow() => _watermark = null;

    /// <summary>The watermark stays where it is.</summary>
    public void StandStill()
    {
        var at = TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(1);
        Tell(() => at);
    }

    /// <summary>The watermark is what a test says.</summary>
    /// <param name="watermark">By the clock of this process, which is not the adapters'; null for none.</param>
    public void Tell(Func<DateTimeOffset?> watermark) => _watermark = watermark;

    /// <summary>Waits for two more looks: the second one has begun after this call.</summary>
    public Task LookedAtTwiceAsync()
    {
        var before = _backend.Seen.Count;
        return ShadowedEdge.UntilAsync(() => _backend.Seen.Count >= before + 3, () => "the edge to look at the adapters");
    }

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    private static string Stream(string name, string watermark) =>
        $$"""{"name":"{{name}}","state":"following","watermark":{{watermark}},"lagSeconds":0.1,"filled":1,"toFill":1,"applied":1,"error":null}""";

    private Task AnswerAsync(HttpContext context)
    {
        var now = TimeProvider.System.GetUtcNow() + Ahead;
        var watermark = _watermark is { } told ? told() + Ahead : now - Trail;
        var text = watermark is { } known ? $"\"{known:O}\"" : "null";
        return Backend.Json($$"""
            {"now":"{{now:O}}","streams":[{{Stream("shop", text)}},{{Stream("other", $"\"{now - Trail:O}\"")}}]}
            """)(context);
    }
}
