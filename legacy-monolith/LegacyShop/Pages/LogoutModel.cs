using LegacyShop.Services;
using Microsoft.AspNetCore.Mvc;

namespace LegacyShop.Pages;

/// <summary>Logs out; a link alone does not, a form does.</summary>
internal sealed class LogoutModel(Accounts accounts, Carts carts) : ShopPageModel(accounts, carts)
{
    private readonly Accounts _accounts = accounts;

    public async Task<IActionResult> OnPostAsync()
    {
        await _accounts.LogOutAsync(Sid);
        return RedirectTo("/products");
    }
}
