using Shouldly;
using Xunit;

namespace Strangler.UnitTests.Architecture;

public sealed class ArchitectureTests : IDisposable
{
    private const string Core = "proxy/Strangler.Core/Strangler.Core.csproj";
    private const string Proxy = "proxy/Strangler.Proxy/Strangler.Proxy.csproj";
    private const string Sync = "legacy-adapters/Strangler.Sync/Strangler.Sync.csproj";
    private const string Adapters = "legacy-adapters/Shop.Adapters/Shop.Adapters.csproj";
    private const string Monolith = "legacy-monolith/LegacyShop/LegacyShop.csproj";
    private const string Catalog = "new-services/Catalog/Catalog.csproj";

    private readonly MadeUpTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Complaints_ThisRepository_None() =>
        ArchitectureCheck.Complaints(SourceTree.OfThisRepository()).ShouldBeEmpty();

    [Fact]
    public void Complaints_EveryArrowDrawnRight_None() => _tree.Complaints().ShouldBeEmpty();

    [Theory]
    [InlineData("proxy/Strangler.Core", Proxy, "Strangler.Proxy")]
    [InlineData("proxy/Strangler.Proxy", Sync, "Strangler.Sync")]
    [InlineData("proxy/Strangler.Host", Core, "Strangler.Core")]
    [InlineData("proxy/Strangler.Host", Sync, "Strangler.Sync")]
    [InlineData("proxy/Strangler.Cli", Proxy, "Strangler.Proxy")]
    [InlineData("legacy-adapters/Strangler.Sync", Proxy, "Strangler.Proxy")]
    [InlineData("legacy-adapters/Shop.Adapters", Proxy, "Strangler.Proxy")]
    [InlineData("legacy-adapters/Shop.Adapters", Monolith, "LegacyShop")]
    [InlineData("legacy-adapters/Shop.Adapters", Catalog, "Catalog")]
    [InlineData("legacy-monolith/LegacyShop", Catalog, "Catalog")]
    [InlineData("new-services/ServiceDefaults", Catalog, "Catalog")]
    [InlineData("new-services/Catalog", Monolith, "LegacyShop")]
    [InlineData("new-services/Pricing", Catalog, "Catalog")]
    public void Complaints_ReferenceAgainstTheArrows_Named(string project, string target, string targetName)
    {
        _tree.Project(project, target);

        var name = Path.GetFileName(project);
        _tree.Complaints().ShouldBe([$"{project}/{name}.csproj: {name} must not reference {targetName}"]);
    }

    [Theory]
    [InlineData("new-services/Catalog", Core, "Strangler.Core")]
    [InlineData("legacy-monolith/LegacyShop", Proxy, "Strangler.Proxy")]
    public void Complaints_WhatStaysReferencesTheScaffolding_NamedTwice(string project, string target, string targetName)
    {
        _tree.Project(project, target);

        var name = Path.GetFileName(project);
        _tree.Complaints().ShouldBe(
        [
            $"{project}/{name}.csproj: {name} must not reference {targetName}",
            $"{project}/{name}.csproj: names Strangler",
        ]);
    }

    [Theory]
    [InlineData(Catalog, "Catalog")]
    [InlineData(Monolith, "LegacyShop")]
    [InlineData(Adapters, "Shop.Adapters")]
    public void Complaints_ScaffoldingReferencesTheShop_Named(string target, string targetName)
    {
        _tree.Project("legacy-adapters/Strangler.Sync", target);

        _tree.Complaints().ShouldBe(
        [
            $"{Sync}: Strangler.Sync must not reference {targetName}",
            $"{Sync}: refers to the shop's {targetName}",
        ]);
    }

    [Fact]
    public void Complaints_UsingAgainstTheArrows_Named()
    {
        _tree.Write("proxy/Strangler.Core/Rules.cs", "using System;\nusing static Strangler.Proxy.Edge.Headers;\n");
        _tree.Write("proxy/Strangler.Cli/Verb.cs", "global using X = global::Strangler.Sync.Lane;\n");

        _tree.Complaints().ShouldBe(
        [
            "proxy/Strangler.Cli/Verb.cs: Strangler.Cli must not use Strangler.Sync",
            "proxy/Strangler.Core/Rules.cs: Strangler.Core must not use Strangler.Proxy",
        ]);
    }

    [Fact]
    public void Complaints_ProjectWithoutArrow_Named()
    {
        _tree.Project("proxy/Strangler.Extra");

        _tree.Complaints().ShouldBe(["proxy/Strangler.Extra/Strangler.Extra.csproj: no arrow is drawn for Strangler.Extra"]);
    }

    [Fact]
    public void Complaints_CoreOnAspNet_Named()
    {
        _tree.Write(Core, "<Project><ItemGroup><FrameworkReference Include=\"Microsoft.AspNetCore.App\" /></ItemGroup></Project>");

        _tree.Complaints().ShouldBe([$"{Core}: Strangler.Core is pure and must not reference Microsoft.AspNetCore.App"]);
    }

    [Theory]
    [InlineData("new-services/Catalog/Product.cs", "// moved by the STRANGLER\n")]
    [InlineData("legacy-monolith/LegacyShop/wwwroot/site.css", "/* strangler */")]
    [InlineData("new-services/Catalog/StranglerClient.cs", "namespace Catalog;\n")]
    public void Complaints_ScaffoldingNamedInWhatStays_Named(string file, string text)
    {
        _tree.Write(file, text);

        _tree.Complaints().ShouldBe([$"{file}: names Strangler"]);
    }

    [Theory]
    [InlineData("namespace Strangler.Proxy.Catalog;\n", "the namespace Strangler.Proxy.Catalog is the shop's")]
    [InlineData("using My.Shop.Things;\n", "the namespace My.Shop.Things is the shop's")]
    [InlineData("// As LegacyShop does.\n", "names LegacyShop")]
    public void Complaints_ShopNamedInTheScaffolding_Named(string text, string complaint)
    {
        _tree.Write("proxy/Strangler.Proxy/Edge.cs", text);

        _tree.Complaints().ShouldBe([$"proxy/Strangler.Proxy/Edge.cs: {complaint}"]);
    }

    [Theory]
    [InlineData("proxy/Strangler.Core", "new-services/ServiceDefaults/Log.cs")]
    [InlineData("proxy/Strangler.Core", "new-services/ServiceDefaults/Metrics/../Log.cs")]
    [InlineData("proxy/Strangler.Core", "tests/Strangler.IntegrationTests/Sync/Contracts/TargetWriterContract.cs")]
    [InlineData("tests/Strangler.UnitTests", "new-services/ServiceDefaults/Metrics/Series.cs")]
    [InlineData("tests/Strangler.UnitTests", "tests/Strangler.IntegrationTests/Sync/SyncLab.cs")]
    public void Complaints_SourceLinked_OnlyMetricsIntoCoreAndContractsIntoUnitTestsAllowed(string project, string source)
    {
        _tree.Project(project, source);

        var linked = source.Replace("Metrics/../", "", StringComparison.Ordinal);
        _tree.Complaints().ShouldBe([$"{project}/{Path.GetFileName(project)}.csproj: must not link {linked}"]);
    }

    [Fact]
    public void Complaints_LongProductFile_NamedWithItsLines()
    {
        _tree.Write("proxy/Strangler.Core/Long.cs", string.Concat(Enumerable.Repeat("//\n", FileRules.MaxLines + 1)));
        _tree.Write("proxy/Strangler.Core/Limit.cs", string.Concat(Enumerable.Repeat("//\n", FileRules.MaxLines)));

        _tree.Complaints().ShouldBe(["proxy/Strangler.Core/Long.cs: 301 lines, 300 are allowed"]);
    }

    [Fact]
    public void Complaints_TwoPublicTypes_Named()
    {
        _tree.Write(
            "proxy/Strangler.Core/Two.cs",
            "public sealed record Plan(int Number);\ninternal enum Side { }\npublic delegate int Pick(int unit);\npublic readonly record struct Unit;\n");

        _tree.Complaints().ShouldBe(["proxy/Strangler.Core/Two.cs: more than one public type: Plan, Pick, Unit"]);
    }
}
