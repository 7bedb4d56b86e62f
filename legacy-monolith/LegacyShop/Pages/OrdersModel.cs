using LegacyShop.Data;
using LegacyShop.Services;
using Microsoft.AspNetCore.Mvc;

namespace LegacyShop.Pages;

/// <summary>What the customer has ordered so far.</summary>
internal sealed class OrdersModel(Accounts accounts, Carts carts, OrderRepository orders) : ShopPageModel(accounts, carts)
{
    public IReadOnlyList<Order> Orders { get; private set; } = [];

    /// <summary>The order that was placed a moment ago, if any.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Placed { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (Customer is null)
        {
            return RedirectTo("/login?returnUrl=/orders");
        }

        Orders = await orders.ListAsync(Customer.CustId);
        return Page();
    }

    /// <summary>The status letter in words.</summary>
    public static string StatusName(string letter) => letter switch
    {
        "N" => "new",
        "P" => "paid",
        "S" => "shipped",
        "C" => "cancelled",
        "X" => "returned",
        _ => letter,
    };
}
