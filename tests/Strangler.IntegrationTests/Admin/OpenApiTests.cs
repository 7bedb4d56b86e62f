using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Shouldly;
using Strangler.IntegrationTests.Edge;

namespace Strangler.IntegrationTests.Admin;

public sealed class OpenApiTests : IAsyncLifetime
{
    private static readonly string CheckedIn = Path.Combine(Repository.Root, "docs", "admin-api.json");

    private TestEdge _edge = null!;

    public async ValueTask InitializeAsync() => _edge = await TestEdge.StartAsync();

    public ValueTask DisposeAsync() => _edge.DisposeAsync();

    [Fact]
    public async Task OpenApi_CheckedInFile_IsWhatTheEdgeServes()
    {
        var served = await _edge.Admin.GetStringAsync("/admin/v1/openapi.json", TestContext.Current.CancellationToken);
        var current = Path.Combine(AppContext.BaseDirectory, "admin-api.served.json");
        await File.WriteAllTextAsync(current, served + "\n", TestContext.Current.CancellationToken);

        var checkedIn = await File.ReadAllTextAsync(CheckedIn, TestContext.Current.CancellationToken);

        JsonNode.DeepEquals(JsonNode.Parse(served), JsonNode.Parse(checkedIn)).ShouldBeTrue($"If the change is meant: cp {current} {CheckedIn}");
    }

    [Fact]
    public async Task OpenApi_Routes_AreThoseThatAnswer()
    {
        var document = await _edge.Admin.JsonAsync("/admin/v1/openapi.json");

        var described = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(o => $"{o.Key.ToUpperInvariant()} {path.Key}"));
        var live = _edge.AdminRoutes.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/admin", StringComparison.Ordinal) && !e.RoutePattern.RawText.EndsWith("openapi.json", StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} {e.RoutePattern.RawText!.Replace(":long", "", StringComparison.Ordinal)}"));
        described.Order(StringComparer.Ordinal).ShouldBe(live.Order(StringComparer.Ordinal));
    }
}
