using Dapper;
using Npgsql;

namespace LegacyShop.Data;

/// <summary>Writes and reads orders.</summary>
internal sealed class OrderRepository(NpgsqlDataSource database)
{
    private const int LastOrders = 50;

    /// <summary>The customer's last 50 orders, newest first.</summary>
    public async Task<IReadOnlyList<Order>> ListAsync(int custId)
    {
        await using var connection = await database.OpenConnectionAsync();
        var orders = (await connection.QueryAsync<Order>(
            """
            select ord_id, ord_no, status, total_cents, tax_cents, currency, note, created
            from orders where cust_id = @custId order by created desc, ord_id desc limit @LastOrders
            """,
            new { custId, LastOrders })).AsList();
        var items = (await connection.QueryAsync<OrderItem>(
            """
            select ord_id, line_no, sku, name, qty, price_cents
            from order_items where ord_id = any (@ids) order by ord_id, line_no
            """,
            new { ids = orders.ConvertAll(order => order.OrdId) })).ToLookup(item => item.OrdId);
        foreach (var order in orders)
        {
            order.Items = [.. items[order.OrdId]];
        }

        return orders;
    }

    /// <summary>The next order's id.</summary>
    public static Task<int> NextIdAsync(NpgsqlConnection connection) =>
        connection.ExecuteScalarAsync<int>("select nextval(pg_get_serial_sequence('orders', 'ord_id'))::int");

    /// <summary>Writes the order with a copy of the customer's data of today, inside the caller's transaction.</summary>
    public static async Task InsertAsync(NpgsqlConnection connection, Order order, int custId)
    {
        await connection.ExecuteAsync(
            """
            insert into orders (ord_id, ord_no, cust_id, cust_name, cust_email, cust_phone, ship_street1, ship_street2,
                                ship_street3, ship_zip, ship_city, ship_country, status, total_cents, tax_cents, currency,
                                note, created)
            select @OrdId, @OrdNo, cust_id, full_name, email, phone, ship_street1, ship_street2,
                   ship_street3, ship_zip, ship_city, ship_country, @Status, @TotalCents, @TaxCents, @Currency,
                   @Note, @Created
            from customers where cust_id = @custId
            """,
            new
            {
                order.OrdId, order.OrdNo, order.Status, order.TotalCents, order.TaxCents, order.Currency, order.Note,
                order.Created, custId,
            });
        await connection.ExecuteAsync(
            """
            insert into order_items (ord_id, line_no, sku, name, qty, price_cents)
            values (@OrdId, @LineNo, @Sku, @Name, @Qty, @PriceCents)
            """,
            order.Items);
    }
}
