using Shop.Adapters.Catalog;
using Shouldly;
using Strangler.Sync.Mapping;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class StateHashTests
{
    private static readonly ProductMapping Mapping = new();
    private static readonly Guid Id = new("00000000-0000-0000-0000-000000000001");

    [Fact]
    public void Of_OtherOrder_IsTheSame() => Hash("a", "b").ShouldBe(Hash("b", "a"));

    [Fact]
    public void Of_OtherRows_Differs()
    {
        Hash("a", "b").ShouldNotBe(Hash("a"));
        Hash("a", "b").ShouldNotBe(Hash("ab"));
        Hash("a").ShouldNotBe(Hash("b"));
    }

    [Fact]
    public void Of_EqualValuesWrittenDifferently_IsTheSame()
    {
        var summer = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.FromHours(2));
        Hash(Product(19.90m, summer)).ShouldBe(Hash(Product(19.9m, summer.ToUniversalTime())));
    }

    [Fact]
    public void Of_NullAndEmpty_Differ()
    {
        var now = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
        Hash(Product(1, now) with { Description = null }).ShouldNotBe(Hash(Product(1, now) with { Description = "" }));
    }

    private static byte[] Hash(params string[] slugs)
    {
        var rows = new TargetRows();
        foreach (var slug in slugs)
        {
            rows.Add(Mapping.ProductCategories, new ProductCategoryRow(Id, slug));
        }

        return StateHash.Of(Mapping, rows);
    }

    private static byte[] Hash(ProductRow product)
    {
        var rows = new TargetRows();
        rows.Add(Mapping.Products, product);
        return StateHash.Of(Mapping, rows);
    }

    private static ProductRow Product(decimal price, DateTimeOffset time) =>
        new(Id, 1, "S", "N", "D", price, "EUR", WeightGrams: null, "active", 1, "n", time, time);
}
