namespace Shop.Adapters.Catalog;

/// <summary>A row of <c>catalog.product_category</c>.</summary>
internal sealed record ProductCategoryRow(Guid ProductId, string Slug);
