using System.Text.Json.Serialization;
using Catalog.Defects;

namespace Catalog.Products;

/// <summary>A product in a list.</summary>
/// <param name="Id">The number that people know it by.</param>
/// <param name="Sku">The stock keeping unit; names the product in paths.</param>
/// <param name="Name">The title.</param>
/// <param name="Price">Without tax, in <paramref name="Currency"/>.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="PriceWithTax">What the shopper pays.</param>
/// <param name="Categories">Slugs, in no particular order.</param>
/// <param name="Stock">Pieces in all warehouses.</param>
internal sealed record ProductItem(
    int Id, string Sku, string Name, decimal Price, string Currency, decimal PriceWithTax, string[] Categories, int Stock)
{
    /// <summary>The weight in grams; left out when it is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? WeightGrams { get; init; }

    /// <summary>The item of a row.</summary>
    public static ProductItem From(ProductRow row, DefectOptions defects) =>
        new(row.Number, row.Sku, row.Name, row.Price, row.Currency, TaxRule.WithTax(row.Price, defects.WrongValue),
            row.Categories, row.Available)
        {
            WeightGrams = row.WeightGrams,
        };
}
