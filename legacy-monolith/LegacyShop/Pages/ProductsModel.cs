using LegacyShop.Api;
using LegacyShop.Data;
using LegacyShop.Services;
using Microsoft.AspNetCore.Mvc;

namespace LegacyShop.Pages;

/// <summary>The list: everything, a category, or what a search found.</summary>
internal sealed class ProductsModel(Accounts accounts, Carts carts, ProductRepository products, ProductSearch search)
    : ShopPageModel(accounts, carts)
{
    /// <summary>The categories of the menu.</summary>
    public static IReadOnlyList<string> Categories { get; } =
    [
        "bath", "garden", "gifts", "home", "home office", "kitchen", "lighting", "office", "outdoor", "pets", "tools", "toys",
    ];

    public IReadOnlyCollection<Product> Items { get; private set; } = [];

    /// <summary>Null for all categories.</summary>
    public string? Category { get; private set; }

    /// <summary>Null when nothing is searched for.</summary>
    public string? Query { get; private set; }

    /// <summary>Counts from 1.</summary>
    public int PageNumber { get; private set; } = 1;

    public int PageCount { get; private set; } = 1;

    public string Heading => Query is not null ? $"Found for \"{Query}\"" : Category ?? "Our products";

    // "page" is a name that Razor Pages keeps for itself, so the query string is read by hand.
    public async Task<IActionResult> OnGetAsync([FromQuery] string? category, [FromQuery] string? q)
    {
        if (q?.Length >= ProductSearch.MinLength)
        {
            Query = q;
            Items = await search.FindAsync(q);
            return Page();
        }

        var (paging, error) = PagingQuery.Parse(Request.Query["page"], Request.Query["size"]);
        if (error is not null)
        {
            return BadRequest();
        }

        Category = string.IsNullOrWhiteSpace(category) ? null : CategoryText.Normalize(category);
        PageNumber = paging.Page;
        PageCount = (await products.CountAsync(Category) + paging.Size - 1) / paging.Size;
        Items = await products.ListAsync(Category, paging.Page, paging.Size);
        return Page();
    }

    /// <summary>The address of another page of the same list.</summary>
    public string LinkTo(int page) =>
        $"/products?page={page}" + (Category is null ? "" : $"&category={Uri.EscapeDataString(Category)}");
}
