using LegacyShop.Data;
using Npgsql;

namespace LegacyShop.Services;

/// <summary>Turns a cart into an order and takes the stock, all or nothing.</summary>
internal sealed class Checkout(NpgsqlDataSource database, ShopClock clock)
{
    /// <summary>Longest note to an order, in characters.</summary>
    public const int MaxNote = 500;

    private const int CentsPerPoint = 1000;

    /// <summary>Places the order of the session's cart for a customer.</summary>
    public async Task<CheckoutResult> PlaceOrderAsync(string sid, Customer customer, string? note)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var now = clock.Now;

        var lines = await CartRepository.TakeAllAsync(connection, sid);
        if (lines.Count == 0)
        {
            return new CheckoutResult(Order: null, "cart is empty");
        }

        foreach (var line in lines)
        {
            if (!line.OnSale)
            {
                return new CheckoutResult(Order: null, "product not available", line.Sku);
            }

            if (!await StockRepository.TakeAsync(connection, line.ProdId, line.Qty, now))
            {
                return new CheckoutResult(Order: null, "out of stock", line.Sku);
            }
        }

        var order = CreateOrder(await OrderRepository.NextIdAsync(connection), lines, note, now);
        await OrderRepository.InsertAsync(connection, order, customer.CustId);
        await CustomerRepository.AddPointsAsync(connection, customer.CustId, order.TotalCents / CentsPerPoint);
        await transaction.CommitAsync();
        return new CheckoutResult(order);
    }

    private static Order CreateOrder(int id, IReadOnlyList<CartLine> lines, string? note, DateTime now) => new()
    {
        OrdId = id,
        OrdNo = OrderNumber.Format(id),
        Status = "N",
        TotalCents = lines.Sum(line => line.Qty * TaxRule.WithTaxCents(line.PriceCents)),
        TaxCents = lines.Sum(line => line.Qty * TaxRule.TaxCents(line.PriceCents)),
        Currency = lines[0].Currency,
        Note = note,
        Created = now,
        Items =
        [
            .. lines.Select((line, index) => new OrderItem
            {
                OrdId = id,
                LineNo = index + 1,
                Sku = line.Sku,
                Name = line.Name,
                Qty = line.Qty,
                PriceCents = line.PriceCents,
            }),
        ],
    };
}
