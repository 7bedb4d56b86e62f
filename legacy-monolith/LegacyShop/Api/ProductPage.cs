namespace LegacyShop.Api;

/// <summary>One page of the product list.</summary>
/// <param name="GeneratedAt">When the answer was made, local time.</param>
/// <param name="Page">Counts from 1.</param>
/// <param name="Size">Products per page.</param>
/// <param name="Total">Products on all pages.</param>
/// <param name="Items">By name.</param>
internal sealed record ProductPage(string GeneratedAt, int Page, int Size, int Total, IEnumerable<ProductItem> Items);
