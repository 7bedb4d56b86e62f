using System.Collections.Immutable;
using System.Text.Json.Serialization;
using LegacyShop.Data;
using LegacyShop.Services;

namespace LegacyShop.Api;

/// <summary>A product by itself. A missing description is left out, an unknown weight is null.</summary>
internal sealed record ProductDetail(
    string GeneratedAt,
    int Id,
    string Sku,
    string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Description,
    decimal Price,
    string Currency,
    decimal PriceWithTax,
    ImmutableHashSet<string> Categories,
    int? WeightGrams,
    IReadOnlyList<string> Images,
    int Stock,
    string CreatedAt,
    string UpdatedAt)
{
    public static ProductDetail From(Product product, IReadOnlyList<string> images, DateTime now) => new(
        ApiFormat.Stamp(now),
        product.ProdId,
        product.Sku,
        product.Name,
        product.Descr,
        ApiFormat.Amount(product.PriceCents),
        product.Currency,
        ApiFormat.Amount(TaxRule.WithTaxCents(product.PriceCents)),
        CategoryText.Parse(product.Categories),
        product.WeightG,
        images,
        product.Stock,
        ApiFormat.Time(product.Created),
        ApiFormat.Time(product.Updated));
}
