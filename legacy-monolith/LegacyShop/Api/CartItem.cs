using LegacyShop.Data;
using LegacyShop.Services;

namespace LegacyShop.Api;

/// <summary>A line of the cart.</summary>
internal sealed record CartItem(string Sku, string Name, int Qty, decimal Price, decimal PriceWithTax, decimal LineTotal)
{
    public static CartItem From(CartLine line) => new(
        line.Sku,
        line.Name,
        line.Qty,
        ApiFormat.Amount(line.PriceCents),
        ApiFormat.Amount(TaxRule.WithTaxCents(line.PriceCents)),
        ApiFormat.Amount(line.Qty * TaxRule.WithTaxCents(line.PriceCents)));
}
