using Shouldly;
using Strangler.Core.Compare;
using Xunit;

namespace Strangler.UnitTests.Compare;

public sealed class MapPathsTests
{
    private readonly MapPaths _maps = new();

    [Fact]
    public void Fold_ManyNamesOverManyAnswers_BecomeOnePath()
    {
        for (var i = 0; i < MapPaths.MaxFields; i++) Fold($"$.stock['SKU-{i}'].qty").ShouldBe($"$.stock['SKU-{i}'].qty");

        Fold("$.stock['SKU-9999'].qty").ShouldBe("$.stock.*.qty");
        Fold("$.stock['SKU-1'].qty").ShouldBe("$.stock.*.qty");
        Fold("$.stock['it\\'s'][*].qty").ShouldBe("$.stock.*[*].qty");
        Fold("$.price").ShouldBe("$.price");
    }

    [Fact]
    public void Fold_FieldsOfAnObject_StayAsTheyAre()
    {
        for (var round = 0; round < 10; round++)
        {
            for (var i = 0; i < MapPaths.MaxFields; i++) Fold($"$.items[*].field{i}").ShouldBe($"$.items[*].field{i}");
        }
    }

    [Fact]
    public void Fold_OtherOperation_LearnsForItself()
    {
        for (var i = 0; i <= MapPaths.MaxFields; i++) Fold($"$.a{i}");

        Fold("$.a1").ShouldBe("$.*");
        Fold("$.a1", "GET /y").ShouldBe("$.a1");
    }

    [Theory]
    [InlineData("status")]
    [InlineData("header.location")]
    [InlineData("$")]
    [InlineData("$[odd")]
    [InlineData("$['open")]
    public void Fold_NoPathIntoAnObject_StaysAsItIs(string path) => Fold(path).ShouldBe(path);

    [Fact]
    public void Fold_PathOfAMap_IsOneThatARuleCanHave() => JsonPath.TryParse("$.stock.*.qty", out _, out _).ShouldBeTrue();

    [Fact]
    public void Fold_MoreObjectsThanAreLearned_StayAsTheyAre()
    {
        for (var i = 0; i < 60_000; i++) Fold($"$.a[*].p{i / 50}x.q{i}");

        Fold("$.new.field").ShouldBe("$.new.field");
    }

    private string Fold(string path, string operation = "GET /x") =>
        _maps.Fold(operation, new Comparison([new Difference(DifferenceKind.Number, path, "", ValueSummary.Missing, ValueSummary.Missing)], Truncated: false)).Differences[0].Path;
}
