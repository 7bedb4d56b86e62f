using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.FeatureManagement;
using Microsoft.FeatureManagement.FeatureFilters;
using Shouldly;
using Strangler.Core.Routing;
using Xunit;

namespace Strangler.UnitTests.Routing;

/// <summary>Any application with Microsoft.FeatureManagement must get the answer that the edge gives.</summary>
public sealed class StockLibraryTests
{
    private const string Feature = "catalog.read";
    private const string Seed = "catalog";
    private const int Units = 20_000;

    [Theory]
    [InlineData(0)]
    [InlineData(0.001)]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(98.3053808473)]
    [InlineData(99.999)]
    [InlineData(100)]
    public async Task Edge_TwentyThousandUnits_AnswersAsTheStockLibrary(double share)
    {
        using var definitions = new ConfigurationFeatureDefinitionProvider(Definition(share));
        var library = new FeatureManager(definitions, new FeatureManagementOptions());
        var edge = Bucket.Edge(share);
        var differences = new List<string>();
        var inside = 0;
        foreach (var unit in SomeUnits())
        {
            var variant = await library.GetVariantAsync(Feature, new TargetingContext { UserId = unit }, TestContext.Current.CancellationToken);
            var ours = Bucket.Of(unit, Seed) < edge ? "new" : "legacy";
            if (variant.Name != ours) differences.Add($"{unit}: {ours}, library {variant.Name}");
            if (ours == "new") inside++;
        }

        differences.ShouldBeEmpty();
        (inside / (double)Units * 100).ShouldBe(share, tolerance: 1.5);
    }

    private static IEnumerable<string> SomeUnits()
    {
        const string Letters = "abcXYZ0189-_.~ äöüßéñ漢字🛒\t%";
        var random = new Random(36);
        yield return "user-36";
        yield return " ";
        yield return "\n";
        for (var i = 3; i < Units; i++)
        {
            var length = i % 100 == 0 ? Bucket.MaxUnitLength : random.Next(1, 40);
            yield return new string([.. Enumerable.Range(0, length).Select(_ => Letters[random.Next(Letters.Length)])]);
        }
    }

    private static IConfiguration Definition(double share)
    {
        const string Flag = "feature_management:feature_flags:0";
        return new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [$"{Flag}:id"] = Feature,
            [$"{Flag}:enabled"] = "true",
            [$"{Flag}:variants:0:name"] = "legacy",
            [$"{Flag}:variants:1:name"] = "new",
            [$"{Flag}:allocation:seed"] = Seed,
            [$"{Flag}:allocation:default_when_enabled"] = "legacy",
            [$"{Flag}:allocation:percentile:0:variant"] = "new",
            [$"{Flag}:allocation:percentile:0:from"] = "0",
            [$"{Flag}:allocation:percentile:0:to"] = share.ToString("R", CultureInfo.InvariantCulture),
        }).Build();
    }
}
