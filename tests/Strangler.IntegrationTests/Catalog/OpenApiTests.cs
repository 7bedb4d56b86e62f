using System.Text.Json.Nodes;
using Shouldly;

namespace Strangler.IntegrationTests.Catalog;

public sealed class OpenApiTests(CatalogFixture fixture) : IClassFixture<CatalogFixture>
{
    [Fact]
    public async Task OpenApi_CheckedInFile_IsWhatTheServiceSays()
    {
        var served = await fixture.Catalog.Client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        var file = Path.Combine(Repository.Root, "new-services", "Catalog", "openapi.json");
        var checkedIn = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        var current = Path.Combine(AppContext.BaseDirectory, "openapi.served.json");
        await File.WriteAllTextAsync(current, served + "\n", TestContext.Current.CancellationToken);
        JsonNode.DeepEquals(JsonNode.Parse(served), JsonNode.Parse(checkedIn)).ShouldBeTrue($"If the change is meant: cp {current} {file}");
    }
}
