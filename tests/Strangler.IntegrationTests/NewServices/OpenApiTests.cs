using System.Text.Json.Nodes;
using Shouldly;

namespace Strangler.IntegrationTests.NewServices;

public sealed class OpenApiTests
{
    [Theory]
    [InlineData("Catalog")]
    [InlineData("Inventory")]
    [InlineData("Customers")]
    public async Task OpenApi_CheckedInFile_IsWhatTheServiceSays(string service)
    {
        // The contract can be read while the database is away.
        await using var process = await ServiceProcess.StartAsync(service, "Host=127.0.0.1;Port=1;Username=x;Database=x");
        var served = await process.Client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);
        var file = Path.Combine(Repository.Root, "new-services", service, "openapi.json");
        var checkedIn = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        var current = Path.Combine(AppContext.BaseDirectory, service + ".openapi.served.json");
        await File.WriteAllTextAsync(current, served + "\n", TestContext.Current.CancellationToken);
        JsonNode.DeepEquals(JsonNode.Parse(served), JsonNode.Parse(checkedIn)).ShouldBeTrue($"If the change is meant: cp {current} {file}");
    }
}
