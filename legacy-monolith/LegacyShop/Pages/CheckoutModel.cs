using LegacyShop.Services;
using Microsoft.AspNetCore.Mvc;

namespace LegacyShop.Pages;

/// <summary>The last look before the order, for customers with something in the cart.</summary>
internal sealed class CheckoutModel(Accounts accounts, Carts carts, Checkout checkout) : ShopPageModel(accounts, carts)
{
    public IActionResult OnGet() => MissingStep() is { } elsewhere ? elsewhere : Page();

    public async Task<IActionResult> OnPostAsync(string? note)
    {
        if (MissingStep() is { } elsewhere)
        {
            return elsewhere;
        }

        if (note?.Length > Checkout.MaxNote)
        {
            return Refuse(StatusCodes.Status400BadRequest, $"The note can have {Checkout.MaxNote} characters at most.");
        }

        var result = await checkout.PlaceOrderAsync(Sid, Customer!, note);
        return result switch
        {
            { Order: { } order } => RedirectTo($"/orders?placed={order.OrdNo}"),
            { Sku: null } => RedirectTo("/cart"),
            _ => Refuse(StatusCodes.Status409Conflict, $"We cannot deliver {NameOf(result.Sku)}: {result.Problem}."),
        };
    }

    private RedirectResult? MissingStep() =>
        Customer is null ? RedirectTo("/login?returnUrl=/checkout")
        : Cart.Count == 0 ? RedirectTo("/cart")
        : null;

    private string NameOf(string sku) => Cart.FirstOrDefault(line => line.Sku == sku)?.Name ?? sku;
}
