using LegacyShop.Services;
using Microsoft.AspNetCore.Mvc;

namespace LegacyShop.Pages;

/// <summary>The login form; afterwards the visitor goes on to where he wanted to go.</summary>
internal sealed class LoginModel(Accounts accounts, Carts carts) : ShopPageModel(accounts, carts)
{
    private readonly Accounts _accounts = accounts;

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public async Task<IActionResult> OnPostAsync() =>
        await _accounts.LogInAsync(Sid, Email ?? "", Password ?? "") is null
            ? Refuse(StatusCodes.Status401Unauthorized, "The e-mail address or the password is wrong.")
            : RedirectTo(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/products");
}
