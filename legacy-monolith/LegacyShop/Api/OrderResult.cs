using System.Text.Json.Serialization;
using LegacyShop.Data;

namespace LegacyShop.Api;

/// <summary>An order; total and tax as on the invoice.</summary>
internal sealed record OrderResult(
    int Id,
    string OrderNo,
    string Status,
    decimal Total,
    decimal Tax,
    string Currency,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note,
    string CreatedAt,
    IEnumerable<OrderLineResult> Items)
{
    public static OrderResult From(Order order) => new(
        order.OrdId,
        order.OrdNo,
        order.Status,
        ApiFormat.Amount(order.TotalCents),
        ApiFormat.Amount(order.TaxCents),
        order.Currency,
        order.Note,
        ApiFormat.Time(order.Created),
        order.Items.Select(item => new OrderLineResult(item.Sku, item.Name, item.Qty, ApiFormat.Amount(item.PriceCents))));
}
