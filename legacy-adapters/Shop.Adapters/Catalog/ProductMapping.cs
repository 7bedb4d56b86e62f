using Strangler.Sync.Mapping;

namespace Shop.Adapters.Catalog;

/// <summary>A product of the shop, with its images and its stock, becomes a product of the catalog.</summary>
internal sealed class ProductMapping : AggregateMapping<int, LegacyProduct>
{
    private static readonly Guid Namespace = new("7c9d2d5e-2f6b-5a4e-9a53-3f3c7c7d1a01");

    /// <summary>Declares the tables.</summary>
    public ProductMapping()
        : base("product", version: 1, table: "products", key: "prod_id")
    {
        Images = Child<LegacyImage>("product_images", routedBy: "prod_id", key: "img_id");
        Stock = Child<LegacyStock>("stock", routedBy: "prod_id");
        Categories = Shared<CategoryRow>("catalog.category", key: "slug");
        Products = Owned<ProductRow>("catalog.product", aggregate: "id", key: "id");
        ProductCategories = Owned<ProductCategoryRow>("catalog.product_category", aggregate: "product_id", "product_id", "slug");
        ProductImages = Owned<ProductImageRow>("catalog.product_image", aggregate: "product_id", "product_id", "position");
    }

    /// <summary>The images of a product.</summary>
    public SourceTable<LegacyImage> Images { get; }

    /// <summary>The stock of a product, one row for each warehouse.</summary>
    public SourceTable<LegacyStock> Stock { get; }

    /// <summary>The categories that are in use.</summary>
    public TargetTable<CategoryRow> Categories { get; }

    /// <summary>The products.</summary>
    public TargetTable<ProductRow> Products { get; }

    /// <summary>Which product is in which category.</summary>
    public TargetTable<ProductCategoryRow> ProductCategories { get; }

    /// <summary>The images in their order.</summary>
    public TargetTable<ProductImageRow> ProductImages { get; }

    /// <inheritdoc/>
    protected override object TargetKey(int key) => NameGuid.Create(Namespace, $"product:{key}");

    /// <inheritdoc/>
    protected override void Map(LegacyProduct root, SourceRows source, TargetRows target)
    {
        var id = (Guid)TargetKey(root.ProdId);
        target.Add(Products, new ProductRow(
            id,
            Number: root.ProdId,
            root.Sku,
            root.Name,
            root.Descr,
            Price: root.PriceCents / 100m,
            Currency(root),
            root.WeightG,
            Status(root),
            Available: Available(source.Of(Stock)),
            SearchText: $"{root.Name}\n{root.Descr}".ToLowerInvariant(),
            CreatedAt: ShopTime.ToInstant(root.Created),
            UpdatedAt: ShopTime.ToInstant(root.Updated)));
        foreach (var slug in Slugs(root.Categories))
        {
            target.Add(Categories, new CategoryRow(slug, Name: slug));
            target.Add(ProductCategories, new ProductCategoryRow(id, slug));
        }

        int? last = null;
        foreach (var image in source.Of(Images).OrderBy(image => image.Pos).ThenBy(image => image.ImgId))
        {
            // The shop lets two images have one position; the later one moves up.
            var position = last is { } before ? Math.Max(image.Pos, Next(before)) : image.Pos;
            target.Add(ProductImages, new ProductImageRow(id, position, image.Url));
            last = position;
        }
    }

    private static int Next(int position) => position == int.MaxValue
        ? throw new MappingValueException($"two images are at position {position}, and there is none behind it")
        : position + 1;

    private static int Available(IEnumerable<LegacyStock> stock) => stock.Sum(level => (long)level.Qty) is var sum and >= int.MinValue and <= int.MaxValue
        ? (int)sum
        : throw new MappingValueException("the stock of all warehouses together is not a whole number of 32 bits");

    private static string Currency(LegacyProduct root) => string.IsNullOrWhiteSpace(root.Currency)
        ? throw new MappingValueException("currency is empty")
        : root.Currency.Trim();

    private static string Status(LegacyProduct root) => (root.Active, root.Deleted) switch
    {
        (_, "Y") => "removed",
        ("N", "N") => "discontinued",
        ("Y", "N") => "active",
        _ => throw new MappingValueException($"active '{root.Active}' and deleted '{root.Deleted}' are not both Y or N"),
    };

    private static IEnumerable<string> Slugs(string categories) => categories
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(category => category.ToLowerInvariant())
        .Distinct(StringComparer.Ordinal);
}
