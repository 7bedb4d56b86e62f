using Shouldly;
using Strangler.Demo.Processes;
using Strangler.IntegrationTests.NewServices;

namespace Strangler.IntegrationTests.DeleteTest;

public sealed class DeleteTests(SharedClusters clusters)
{
    [Fact]
    public async Task NewServices_WithoutTheScaffolding_BuildAndServe()
    {
        using var copy = new CopyWithoutScaffolding();

        copy.Services.ShouldBe(["Catalog", "Customers", "Inventory"]);
        foreach (var (service, path, status) in new[]
        {
            ("Catalog", "/v1/products", 200), ("Customers", "/v1/customers/1", 401), ("Inventory", "/v1/stock/X", 404),
        })
        {
            var database = await clusters.EmptyServiceAsync(service.ToLowerInvariant());
            var assembly = await copy.BuildAsync(service, TestContext.Current.CancellationToken);
            await using var process = await ServiceProcess.StartAsync(service, database.ConnectionString, assembly);

            (await process.StatusAsync("/livez")).ShouldBe(200);
            await ServiceProcess.Until(async () => await process.StatusAsync("/readyz") == 200);
            (await process.StatusAsync(path)).ShouldBe(status);
        }
    }

    [Fact]
    public async Task NewServices_OneReferencesTheScaffolding_DoNotBuild()
    {
        using var copy = new CopyWithoutScaffolding();
        var project = await File.ReadAllTextAsync(copy.Project("Catalog"), TestContext.Current.CancellationToken);
        var leaning = project.Replace(
            "</Project>",
            "<ItemGroup><ProjectReference Include=\"../../proxy/Strangler.Core/Strangler.Core.csproj\" /></ItemGroup></Project>",
            StringComparison.Ordinal);
        await File.WriteAllTextAsync(copy.Project("Catalog"), leaning, TestContext.Current.CancellationToken);

        var failure = await Should.ThrowAsync<ChildFailedException>(
            () => copy.BuildAsync("Catalog", TestContext.Current.CancellationToken));

        failure.Message.ShouldContain("Strangler.Core.csproj");
    }
}
