namespace Shop.Adapters.Catalog;

/// <summary>A row of <c>catalog.product_image</c>.</summary>
internal sealed record ProductImageRow(Guid ProductId, int Position, string Url);
