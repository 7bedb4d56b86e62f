using Shouldly;
using Strangler.Demo.Processes;
using Strangler.IntegrationTests.Catalog;

namespace Strangler.IntegrationTests.DeleteTest;

public sealed class DeleteTests(SharedClusters clusters)
{
    [Fact]
    public async Task NewServices_WithoutTheScaffolding_BuildAndServe()
    {
        var database = await clusters.EmptyCatalogAsync();
        using var copy = new CopyWithoutScaffolding();

        var assembly = await copy.BuildCatalogAsync(TestContext.Current.CancellationToken);
        await using var catalog = await CatalogProcess.StartAsync(database.ConnectionString, assembly);

        (await catalog.StatusAsync("/livez")).ShouldBe(200);
        await CatalogProcess.Until(async () => await catalog.StatusAsync("/readyz") == 200);
        (await catalog.StatusAsync("/v1/products")).ShouldBe(200);
    }

    [Fact]
    public async Task NewServices_OneReferencesTheScaffolding_DoNotBuild()
    {
        using var copy = new CopyWithoutScaffolding();
        var project = await File.ReadAllTextAsync(copy.CatalogProject, TestContext.Current.CancellationToken);
        var leaning = project.Replace(
            "</Project>",
            "<ItemGroup><ProjectReference Include=\"../../proxy/Strangler.Core/Strangler.Core.csproj\" /></ItemGroup></Project>",
            StringComparison.Ordinal);
        await File.WriteAllTextAsync(copy.CatalogProject, leaning, TestContext.Current.CancellationToken);

        var failure = await Should.ThrowAsync<ChildFailedException>(
            () => copy.BuildCatalogAsync(TestContext.Current.CancellationToken));

        failure.Message.ShouldContain("Strangler.Core.csproj");
    }
}
