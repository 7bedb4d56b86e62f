using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Shouldly;
using Strangler.Core.Adapters;

namespace Strangler.IntegrationTests.Sync;

/// <summary>Talks to the adapters' API as an operator does.</summary>
internal sealed class AdaptersClient : IDisposable
{
    public const string Token = "a-token-of-the-adapters";

    public AdaptersClient(AdapterHost adapters, string? token = Token)
    {
        Http = new HttpClient { BaseAddress = adapters.Url };
        if (token is not null)
        {
            Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public HttpClient Http { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Compares, and returns when that has ended.</summary>
    public async Task<CompareRun> CompareAsync(bool full = true, bool exact = false)
    {
        CompareRun run = null!;
        await Eventually.TrueAsync("the stream has a watermark", async () =>
        {
            var answer = await Http.PostAsJsonAsync("/v1/streams/catalog/compare", new CompareRequest(full, exact, Actor: "test"), Cancellation);
            if (answer.StatusCode == HttpStatusCode.Conflict)
            {
                return false;
            }

            answer.StatusCode.ShouldBe(HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync(Cancellation));
            run = (await answer.Content.ReadFromJsonAsync(AdaptersJson.Default.CompareRun, Cancellation))!;
            return true;
        });
        await Eventually.TrueAsync(
            "the comparison ends",
            async () => (run = (await Http.GetFromJsonAsync($"/v1/streams/catalog/compare/{run.Id}", AdaptersJson.Default.CompareRun, Cancellation))!).State != "running");
        run.State.ShouldBe("finished", run.Error);
        return run;
    }

    /// <summary>Repairs, and returns when that has ended.</summary>
    public async Task<RepairRun> RepairAsync(RepairRequest request)
    {
        var answer = await Http.PostAsJsonAsync("/v1/streams/catalog/repair", request, AdaptersJson.Default.RepairRequest, Cancellation);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Cancellation));
        var run = (await answer.Content.ReadFromJsonAsync(AdaptersJson.Default.RepairRun, Cancellation))!;
        await Eventually.TrueAsync(
            "the repair ends",
            async () => run.State != "running"
                || (run = (await Http.GetFromJsonAsync($"/v1/streams/catalog/repair/{run.Id}", AdaptersJson.Default.RepairRun, Cancellation))!).State != "running");
        return run;
    }

    public void Dispose() => Http.Dispose();
}
