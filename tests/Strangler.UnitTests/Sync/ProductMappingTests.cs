using FsCheck;
using FsCheck.Fluent;
using Shop.Adapters.Catalog;
using Shouldly;
using Strangler.Sync.Mapping;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class ProductMappingTests
{
    private static readonly ProductMapping Mapping = new();

    private static readonly LegacyProduct Lamp = new(
        17, "SKU-17", "Lamp", "A LAMP", 1999, "EUR", "garden, Tools,,garden", WeightG: null, "Y", "N",
        new DateTime(2024, 5, 1, 8, 0, 0), new DateTime(2024, 12, 1, 8, 0, 0));

    [Fact]
    public void Map_Product_BecomesCatalogProduct()
    {
        var target = Map(Lamp, rows => rows.Add(Mapping.Stock, new LegacyStock(17, 3)).Add(Mapping.Stock, new LegacyStock(17, 4)));

        var product = target.Of(Mapping.Products).Single();
        product.Number.ShouldBe(17);
        product.Price.ShouldBe(19.99m);
        product.Status.ShouldBe("active");
        product.Available.ShouldBe(7);
        product.SearchText.ShouldBe("lamp\na lamp");
        product.WeightGrams.ShouldBeNull();
        product.CreatedAt.ShouldBe(new DateTimeOffset(2024, 5, 1, 6, 0, 0, TimeSpan.Zero));
        product.UpdatedAt.ShouldBe(new DateTimeOffset(2024, 12, 1, 7, 0, 0, TimeSpan.Zero));
        target.Of(Mapping.ProductCategories).Select(row => row.Slug).ShouldBe(["garden", "tools"]);
        target.Of(Mapping.Categories).ShouldBe([new CategoryRow("garden", "garden"), new CategoryRow("tools", "tools")]);
    }

    [Fact]
    public void Map_Key_IsTheNameGuidOfTheLegacyKey() =>
        Map(Lamp).Of(Mapping.Products).Single().Id.ShouldBe(NameGuid.Create(new Guid("7c9d2d5e-2f6b-5a4e-9a53-3f3c7c7d1a01"), "product:17"));

    [Theory]
    [InlineData("Y", "N", "active")]
    [InlineData("N", "N", "discontinued")]
    [InlineData("Y", "Y", "removed")]
    [InlineData("N", "Y", "removed")]
    public void Map_Flags_BecomeStatus(string active, string deleted, string status) =>
        Map(Lamp with { Active = active, Deleted = deleted }).Of(Mapping.Products).Single().Status.ShouldBe(status);

    [Fact]
    public void Map_NoDescription_SearchesTheNameAlone() =>
        Map(Lamp with { Descr = null }).Of(Mapping.Products).Single().SearchText.ShouldBe("lamp\n");

    [Fact]
    public void Map_ImagesAtOnePlace_KeepTheirOrder()
    {
        var target = Map(Lamp, rows => rows
            .Add(Mapping.Images, new LegacyImage(3, 17, 2, "c"))
            .Add(Mapping.Images, new LegacyImage(2, 17, 1, "b"))
            .Add(Mapping.Images, new LegacyImage(1, 17, 1, "a")));

        target.Of(Mapping.ProductImages).Select(image => (image.Position, image.Url)).ShouldBe([(1, "a"), (2, "b"), (3, "c")]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void Map_NoCurrency_IsAValueError(string currency) =>
        Should.Throw<MappingValueException>(() => Map(Lamp with { Currency = currency })).Message.ShouldBe("currency is empty");

    [Fact]
    public void Map_UnknownFlag_IsAValueError() => Should.Throw<MappingValueException>(() => Map(Lamp with { Active = "?" }));

    [Fact]
    public void Map_NoRoot_IsDeleted() => Mapping.Map(new SourceRows().Add(Mapping.Stock, new LegacyStock(17, 3))).ShouldBeNull();

    [Fact]
    public void Map_AnyProduct_IsPureAndFitsTheTarget() => Prop.ForAll(Products().ToArbitrary(), rows =>
    {
        var target = Mapping.Map(rows)!;
        var product = target.Of(Mapping.Products).Single();
        var slugs = target.Of(Mapping.ProductCategories).Select(row => row.Slug).ToList();

        StateHash.Of(Mapping, target).ShouldBe(StateHash.Of(Mapping, Mapping.Map(rows)!));
        product.CreatedAt.Offset.ShouldBe(TimeSpan.Zero);
        (product.Price * 100).ShouldBe(rows.Of(Mapping.Root).Single().PriceCents);
        slugs.ShouldBeUnique();
        slugs.ShouldAllBe(slug => slug.Length > 0 && slug == slug.Trim() && !slug.Any(char.IsUpper));
        target.Of(Mapping.Categories).Select(row => row.Slug).ShouldBe(slugs);
        target.Of(Mapping.ProductImages).Select(image => image.Position).ShouldBeUnique();
        target.Of(Mapping.ProductImages).Count().ShouldBe(rows.Of(Mapping.Images).Count());
    }).QuickCheckThrowOnFailure();

    private static TargetRows Map(LegacyProduct product, Func<SourceRows, SourceRows>? children = null)
    {
        var rows = new SourceRows().Add(Mapping.Root, product);
        return Mapping.Map(children?.Invoke(rows) ?? rows)!;
    }

    private static Gen<SourceRows> Products() =>
        from id in Gen.Choose(1, int.MaxValue)
        from price in Gen.Choose(0, int.MaxValue)
        from categories in Gen.ArrayOf(Gen.Elements("garden", " Tools ", "", "GARDEN", "a b", "ß"))
        from hours in Gen.Choose(0, 24 * 365 * 30)
        from flags in Gen.Two(Gen.Elements("Y", "N"))
        from positions in Gen.ArrayOf(Gen.Choose(-2, 3))
        from stock in Gen.ArrayOf(Gen.Choose(-5, 1000))
        select Rows(
            Lamp with
            {
                ProdId = id,
                PriceCents = price,
                Categories = string.Join(',', categories),
                // Every hour of thirty years, those that do not exist and those that exist twice among them.
                Created = new DateTime(2009, 1, 1, 0, 30, 0).AddHours(hours),
                Active = flags.Item1,
                Deleted = flags.Item2,
            },
            positions,
            stock);

    private static SourceRows Rows(LegacyProduct product, int[] positions, int[] stock)
    {
        var rows = new SourceRows().Add(Mapping.Root, product);
        for (var i = 0; i < positions.Length; i++)
        {
            rows.Add(Mapping.Images, new LegacyImage(i, product.ProdId, positions[i], $"/img/{i}"));
        }

        foreach (var quantity in stock)
        {
            rows.Add(Mapping.Stock, new LegacyStock(product.ProdId, quantity));
        }

        return rows;
    }
}
