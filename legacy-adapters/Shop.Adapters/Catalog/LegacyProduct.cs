namespace Shop.Adapters.Catalog;

/// <summary>A row of <c>products</c>.</summary>
internal sealed record LegacyProduct(
    int ProdId,
    string Sku,
    string Name,
    string? Descr,
    int PriceCents,
    string Currency,
    string Categories,
    int? WeightG,
    string Active,
    string Deleted,
    DateTime Created,
    DateTime Updated);
