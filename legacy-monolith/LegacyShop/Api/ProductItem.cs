using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LegacyShop.Data;
using LegacyShop.Services;

namespace LegacyShop.Api;

/// <summary>A product in a list. An unknown weight is left out here.</summary>
internal sealed record ProductItem(
    int Id,
    string Sku,
    string Name,
    decimal Price,
    string Currency,
    decimal PriceWithTax,
    ImmutableHashSet<string> Categories,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? WeightGrams,
    int Stock)
{
    public static ProductItem From(Product product) => new(
        product.ProdId,
        product.Sku,
        product.Name,
        ApiFormat.Amount(product.PriceCents),
        product.Currency,
        ApiFormat.Amount(TaxRule.WithTaxCents(product.PriceCents)),
        CategoryText.Parse(product.Categories),
        product.WeightG,
        product.Stock);
}
