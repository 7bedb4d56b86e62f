using System.Text.Json.Serialization;

namespace Catalog.Products;

/// <summary>One product with everything that is known of it.</summary>
/// <param name="GeneratedAt">Local time of the shop.</param>
/// <param name="Id">The number that people know it by.</param>
/// <param name="Sku">The stock keeping unit.</param>
/// <param name="Name">The title.</param>
/// <param name="Price">Without tax, in <paramref name="Currency"/>.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="PriceWithTax">What the shopper pays.</param>
/// <param name="Categories">Slugs, in no particular order.</param>
/// <param name="WeightGrams">The weight in grams; <c>null</c> when it is not known.</param>
/// <param name="Images">Paths, the first is shown first.</param>
/// <param name="Stock">Pieces in all warehouses.</param>
/// <param name="CreatedAt">Local time of the shop.</param>
/// <param name="UpdatedAt">Local time of the shop; a change of stock alone does not count.</param>
internal sealed record ProductDetail(
    string GeneratedAt,
    int Id,
    string Sku,
    string Name,
    decimal Price,
    string Currency,
    decimal PriceWithTax,
    string[] Categories,
    int? WeightGrams,
    string[] Images,
    int Stock,
    string CreatedAt,
    string UpdatedAt)
{
    /// <summary>Free text; left out when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Description { get; init; }
}
