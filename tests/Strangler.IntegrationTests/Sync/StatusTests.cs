using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shouldly;

namespace Strangler.IntegrationTests.Sync;

/// <summary>What the adapters tell about themselves.</summary>
public sealed class StatusTests(SharedClusters clusters)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watermark_QuietShop_MovesOn()
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        await lab.AddProductsAsync(1, 5);
        await using var adapters = await lab.StartAsync();
        await lab.InStepAsync();
        using var client = new HttpClient { BaseAddress = adapters.Url };

        var first = await WatermarkAfterAsync(client, DateTime.MinValue);
        var second = await WatermarkAfterAsync(client, first);
        second.ShouldBeGreaterThan(first);

        var answer = await client.GetFromJsonAsync<JsonElement>("/v1/watermark", Cancellation);
        answer.GetProperty("now").GetDateTimeOffset().Offset.ShouldBe(TimeSpan.Zero);
        var stream = answer.GetProperty("streams")[0];
        stream.GetProperty("name").GetString().ShouldBe("catalog");
        stream.GetProperty("state").GetString().ShouldBe("following");
        stream.GetProperty("lagSeconds").GetDouble().ShouldBeGreaterThanOrEqualTo(0);
        stream.GetProperty("filled").GetInt64().ShouldBe(5);
        stream.GetProperty("toFill").GetInt64().ShouldBe(5);
        stream.GetProperty("applied").GetInt64().ShouldBe(5);
        stream.GetProperty("error").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Probes_StoppedStream_AliveButNotReady()
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        await using var adapters = lab.Adapters();
        // Not installed: nothing to read and nowhere to write.
        await adapters.StartAsync();
        using var client = new HttpClient { BaseAddress = adapters.Url };

        (await client.GetAsync("/livez", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/readyz", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var answer = await client.GetFromJsonAsync<JsonElement>("/v1/watermark", Cancellation);
        answer.GetProperty("streams")[0].GetProperty("state").GetString().ShouldBe("stopped");
        answer.GetProperty("streams")[0].GetProperty("watermark").ValueKind.ShouldBe(JsonValueKind.Null);

        (await adapters.InstallAsync()).ExitCode.ShouldBe(0);
        await Eventually.TrueAsync("ready", async () => (await client.GetAsync("/readyz", Cancellation)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Metrics_FollowingStream_NamesOfTheHouse()
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        await lab.AddProductsAsync(1, 5);
        await using var adapters = await lab.StartAsync();
        await lab.InStepAsync();
        using var client = new HttpClient { BaseAddress = adapters.Url };
        await WatermarkAfterAsync(client, DateTime.MinValue);

        var text = await client.GetStringAsync("/metrics", Cancellation);

        text.ShouldContain("strangler_sync_lag_seconds{direction=\"forward\",stream=\"catalog\"}");
        text.ShouldContain("strangler_sync_aggregates_total{direction=\"forward\",outcome=\"written\",stream=\"catalog\"} 5");
        text.ShouldContain("# TYPE strangler_sync_apply_duration_seconds histogram");
    }

    private static async Task<DateTime> WatermarkAfterAsync(HttpClient client, DateTime time)
    {
        var seen = time;
        await Eventually.TrueAsync("the watermark moves", async () =>
        {
            var answer = await client.GetFromJsonAsync<JsonElement>("/v1/watermark", Cancellation);
            var watermark = answer.GetProperty("streams")[0].GetProperty("watermark");
            seen = watermark.ValueKind == JsonValueKind.Null ? seen : watermark.GetDateTime();
            return seen > time;
        });
        return seen;
    }
}
