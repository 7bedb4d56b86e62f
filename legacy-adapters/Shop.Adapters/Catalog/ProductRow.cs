namespace Shop.Adapters.Catalog;

/// <summary>A row of <c>catalog.product</c>.</summary>
internal sealed record ProductRow(
    Guid Id,
    int Number,
    string Sku,
    string Name,
    string? Description,
    decimal Price,
    string Currency,
    int? WeightGrams,
    string Status,
    int Available,
    string SearchText,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);
