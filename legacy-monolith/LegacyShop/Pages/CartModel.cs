using LegacyShop.Services;
using Microsoft.AspNetCore.Mvc;

namespace LegacyShop.Pages;

/// <summary>The cart and its quantities.</summary>
internal sealed class CartModel(Accounts accounts, Carts carts) : ShopPageModel(accounts, carts)
{
    private readonly Carts _carts = carts;

    public async Task<IActionResult> OnPostSetAsync(string? sku, int qty) =>
        await _carts.SetAsync(Sid, sku ?? "", qty) switch
        {
            CartChange.Done => RedirectTo("/cart"),
            CartChange.BadQuantity =>
                Refuse(StatusCodes.Status400BadRequest, $"The quantity must be 1 to {Carts.MaxQty}."),
            _ => Refuse(StatusCodes.Status400BadRequest, "This product is not available any more."),
        };

    public async Task<IActionResult> OnPostRemoveAsync(string? sku)
    {
        await _carts.RemoveAsync(Sid, sku ?? "");
        return RedirectTo("/cart");
    }
}
