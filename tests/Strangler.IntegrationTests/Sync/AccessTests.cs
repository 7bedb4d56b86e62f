using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Strangler.Core.Adapters;
using Strangler.Core.Admin;

namespace Strangler.IntegrationTests.Sync;

/// <summary>Who may do what at the adapters' API.</summary>
public sealed class AccessTests(SharedClusters clusters)
{
    public static TheoryData<string, string> Guarded { get; } = new()
    {
        { "GET", "/v1/preview" },
        { "POST", "/v1/sources/Legacy/pause" },
        { "POST", "/v1/sources/Legacy/resume" },
        { "POST", "/v1/streams/catalog/backfill" },
        { "POST", "/v1/streams/catalog/compare" },
        { "GET", "/v1/streams/catalog/compare/1" },
        { "POST", "/v1/streams/catalog/repair" },
        { "GET", "/v1/streams/catalog/repair/1" },
        { "POST", "/v1/streams/catalog/stop" },
        { "GET", "/v1/streams/catalog/deadletters" },
        { "POST", "/v1/streams/catalog/deadletters/retry" },
        { "POST", "/v1/streams/catalog/deadletters/drop" },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Guarded_NoTokenConfigured_IsRefusedWithTheWayOut()
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        await using var adapters = lab.Adapters();
        await adapters.StartAsync();
        using var client = new AdaptersClient(adapters);

        foreach (var row in Guarded)
        {
            var (method, path) = row.Data;
            var answer = await SendAsync(client, method, path);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
            (await ProblemAsync(answer)).Detail.ShouldNotBeNull().ShouldContain("Sync__TokenFile");
        }

        (await client.Http.GetAsync("/v1/watermark", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.Http.GetAsync("/metrics", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a-token-of-somebody-else")]
    public async Task Guarded_NoOrOtherToken_IsUnauthorized(string? token)
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        lab.Settings["Sync:Token"] = AdaptersClient.Token;
        await using var adapters = lab.Adapters();
        await adapters.StartAsync();
        using var client = new AdaptersClient(adapters, token);

        foreach (var row in Guarded)
        {
            var (method, path) = row.Data;
            (await SendAsync(client, method, path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
        }
    }

    [Fact]
    public async Task Guarded_TokenOfAFile_OpensAndLimitsHold()
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await File.WriteAllTextAsync(file, AdaptersClient.Token + "\n", Cancellation);
        lab.Settings["Sync:TokenFile"] = file;
        await using var adapters = await lab.StartAsync();
        File.Delete(file);
        using var client = new AdaptersClient(adapters);

        (await client.Http.GetFromJsonAsync("/v1/streams/catalog/deadletters", AdaptersJson.Default.DeadLettersAnswer, Cancellation))!.Total.ShouldBe(0);
        await RefusedAsync(client, "/v1/streams/nothing/compare", "{}", HttpStatusCode.NotFound, "There is no stream nothing. Streams are: catalog.");
        await RefusedAsync(client, "/v1/streams/catalog/compare", "{", HttpStatusCode.BadRequest, "JSON");
        await RefusedAsync(client, "/v1/streams/catalog/compare", $"{{\"actor\":\"{new string('x', 1001)}\"}}", HttpStatusCode.BadRequest, "actor has 1,001 characters; at most 1,000");
        await RefusedAsync(client, "/v1/streams/catalog/compare", $"{{\"actor\":\"{new string('x', 100_000)}\"}}", HttpStatusCode.BadRequest, "at most 65,536 bytes");
        await RefusedAsync(client, "/v1/streams/catalog/repair", "{\"reason\":\"x\"}", HttpStatusCode.Conflict, "has not been compared yet");
        await RefusedAsync(client, "/v1/streams/catalog/repair", "{}", HttpStatusCode.Conflict, "needs a reason");
        await RefusedAsync(client, "/v1/streams/catalog/deadletters/drop", "{}", HttpStatusCode.BadRequest, "needs a reason");
        await RefusedAsync(client, "/v1/streams/catalog/deadletters/retry", "{\"key\":\"1\"}", HttpStatusCode.BadRequest, "name both");
    }

    [Fact]
    public async Task DeadLetters_ListRetryDrop_ReachTheTables()
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        lab.Settings["Sync:Token"] = AdaptersClient.Token;
        await using var adapters = lab.Adapters();
        (await adapters.InstallAsync()).ExitCode.ShouldBe(0);
        // The engine does not run: nobody else touches the rows.
        await lab.TargetAsync("""
            insert into sync.dirty (stream, entity, key, reason, attempts, not_before) select 'catalog', 'product', n::text, 'retry', 9, 'infinity' from generate_series(1, 2) n;
            insert into sync.dead_letter select 'catalog', 'product', n::text, 'mapping', 'currency is empty', 9, now(), now() from generate_series(1, 2) n
            """);
        var keys = adapters.WaitingKeys();

        (await keys.DeadLettersAsync(10, Cancellation)).Items.Select(item => item.Key).ShouldBe(["1", "2"]);
        (await keys.RetryAsync(new KeysRequest("product", "1"), Cancellation)).ShouldBe(1);
        (await lab.TargetValueAsync<string>("select string_agg(key || ' ' || attempts || ' ' || (not_before <= now()), ', ' order by key) from sync.dirty"))
            .ShouldBe("1 0 true, 2 9 false");
        (await keys.DropAsync(new KeysRequest(Actor: "ada", Reason: "test data"), Cancellation)).ShouldBe(2);
        (await lab.TargetValueAsync<long>("select (select count(*) from sync.dirty) + (select count(*) from sync.dead_letter)")).ShouldBe(0);
        (await lab.TargetValueAsync<string>("select string_agg(key || ' ' || kind || ' ' || actor || ' ' || reason, ', ' order by key) from sync.repair_audit"))
            .ShouldBe("1 dropped ada test data, 2 dropped ada test data");
    }

    [Fact]
    public async Task OpenApi_CheckedInFile_HasTheRoutesThatAnswer()
    {
        await using var lab = await SyncLab.CreateAsync(clusters);
        await using var adapters = lab.Adapters();
        var document = JsonDocument.Parse(await RepositoryFile.ReadAsync("docs/adapters-api.json")).RootElement;

        var described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name} {operation.Value.GetProperty("summary")}"));
        var live = adapters.Routes.Where(route => route.RoutePattern.RawText!.StartsWith("/v1/", StringComparison.Ordinal)).SelectMany(route =>
            route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method =>
                $"{method} {route.RoutePattern.RawText!.Replace(":long", "", StringComparison.Ordinal)} {route.Metadata.GetMetadata<IEndpointSummaryMetadata>()!.Summary}"));
        described.Order(StringComparer.Ordinal).ShouldBe(live.Order(StringComparer.Ordinal));

        foreach (var schema in document.GetProperty("components").GetProperty("schemas").EnumerateObject().Where(schema => schema.Name != nameof(AdminProblem)))
        {
            var type = typeof(CompareRun).Assembly.GetType($"Strangler.Core.Adapters.{schema.Name}").ShouldNotBeNull(schema.Name);
            schema.Value.GetProperty("properties").EnumerateObject().Select(property => property.Name)
                .ShouldBe(type.GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)), schema.Name);
        }
    }

    private static async Task RefusedAsync(AdaptersClient client, string path, string body, HttpStatusCode status, string detail)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await client.Http.PostAsync(path, content, Cancellation);
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync(Cancellation));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await ProblemAsync(answer)).Detail.ShouldNotBeNull().ShouldContain(detail);
    }

    private static async Task<HttpResponseMessage> SendAsync(AdaptersClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "POST" ? new StringContent("{}", Encoding.UTF8, "application/json") : null };
        return await client.Http.SendAsync(request, Cancellation);
    }

    private static async Task<AdminProblem> ProblemAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync(AdaptersJson.Default.AdminProblem, Cancellation))!;
}
