using LegacyShop.Data;

namespace LegacyShop.Services;

/// <summary>Changes carts within their limits.</summary>
internal sealed class Carts(CartRepository carts, ProductRepository products, SessionRepository sessions, ShopClock clock)
{
    /// <summary>Most pieces of one product.</summary>
    public const int MaxQty = 99;

    /// <summary>Most different products in one cart.</summary>
    public const int MaxLines = 50;

    public Task<IReadOnlyList<CartLine>> ListAsync(string sid) => carts.ListAsync(sid);

    public Task<bool> RemoveAsync(string sid, string sku) => carts.RemoveAsync(sid, sku);

    /// <summary>Puts pieces of a product into the cart, on top of those that are there.</summary>
    public Task<CartChange> AddAsync(string sid, string sku, int qty) => ChangeAsync(sid, sku, qty, onTop: true);

    /// <summary>Sets how many pieces of a product are in the cart.</summary>
    public Task<CartChange> SetAsync(string sid, string sku, int qty) => ChangeAsync(sid, sku, qty, onTop: false);

    private async Task<CartChange> ChangeAsync(string sid, string sku, int qty, bool onTop)
    {
        if (qty is < 1 or > MaxQty)
        {
            return CartChange.BadQuantity;
        }

        var product = await products.FindAsync(sku);
        if (product is null || product.IsDeleted)
        {
            return CartChange.ProductNotFound;
        }

        if (product.IsDiscontinued)
        {
            return CartChange.ProductDiscontinued;
        }

        var lines = await carts.ListAsync(sid);
        var line = lines.FirstOrDefault(line => line.Sku == sku);
        if (line is null && lines.Count >= MaxLines)
        {
            return CartChange.CartFull;
        }

        var total = onTop ? qty + (line?.Qty ?? 0) : qty;
        if (total > MaxQty)
        {
            return CartChange.BadQuantity;
        }

        await sessions.TouchAsync(sid, clock.Now);
        await carts.SetAsync(sid, sku, total, clock.Now);
        return CartChange.Done;
    }
}
