namespace Catalog.Products;

/// <summary>One page of the active products.</summary>
/// <param name="GeneratedAt">Local time of the shop.</param>
/// <param name="Page">The page, counted from 1.</param>
/// <param name="Size">The most items on a page.</param>
/// <param name="Total">The products on all pages.</param>
/// <param name="Items">By name, then by number; empty behind the last page.</param>
internal sealed record ProductPage(string GeneratedAt, int Page, int Size, int Total, ProductItem[] Items);
