using LegacyShop.Data;
using LegacyShop.Services;
using Microsoft.AspNetCore.Mvc;

namespace LegacyShop.Pages;

/// <summary>One product, and the button that puts it into the cart.</summary>
internal sealed class ProductModel(Accounts accounts, Carts carts, ProductRepository products) : ShopPageModel(accounts, carts)
{
    private readonly Carts _carts = carts;

    public Product Product { get; private set; } = null!;

    public IReadOnlyList<string> Images { get; private set; } = [];

    public Task<IActionResult> OnGetAsync(string sku) => ShowAsync(sku, Page);

    public Task<IActionResult> OnPostAsync(string sku, int qty) => ShowAsync(sku, async () =>
        await _carts.AddAsync(Sid, sku, qty) switch
        {
            CartChange.Done => RedirectTo("/cart"),
            CartChange.CartFull => Refuse(StatusCodes.Status400BadRequest, $"A cart holds at most {Carts.MaxLines} products."),
            _ => Refuse(StatusCodes.Status400BadRequest, $"The quantity must be 1 to {Carts.MaxQty} pieces in all."),
        });

    private Task<IActionResult> ShowAsync(string sku, Func<IActionResult> show) => ShowAsync(sku, () => Task.FromResult(show()));

    private async Task<IActionResult> ShowAsync(string sku, Func<Task<IActionResult>> show)
    {
        var product = await products.FindAsync(sku);
        if (product is null || product.IsDeleted)
        {
            return NotFound();
        }

        if (product.IsDiscontinued)
        {
            return StatusCode(StatusCodes.Status410Gone);
        }

        Product = product;
        Images = await products.ListImagesAsync(product.ProdId);
        return await show();
    }
}
