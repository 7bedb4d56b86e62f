namespace Catalog.Products;

/// <summary>What the slices read of one product.</summary>
internal record ProductRow
{
    /// <summary>The columns of a row, from <c>catalog.product p</c>.</summary>
    public const string Columns = """
        p.number, p.sku, p.name, p.price, p.currency, p.weight_grams as weightGrams, p.available,
        array(select c.slug from catalog.product_category c where c.product_id = p.id) as categories
        """;

    public required int Number { get; init; }

    public required string Sku { get; init; }

    public required string Name { get; init; }

    public required decimal Price { get; init; }

    public required string Currency { get; init; }

    public int? WeightGrams { get; init; }

    public required int Available { get; init; }

    public required string[] Categories { get; init; }
}
