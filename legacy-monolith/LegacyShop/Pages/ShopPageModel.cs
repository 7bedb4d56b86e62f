using LegacyShop.Data;
using LegacyShop.Services;
using LegacyShop.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LegacyShop.Pages;

/// <summary>What the frame around every page shows: who is here, and the cart.</summary>
internal abstract class ShopPageModel(Accounts accounts, Carts carts) : PageModel
{
    /// <summary>Null for a visitor who has not logged in.</summary>
    public Customer? Customer { get; private set; }

    /// <summary>The cart when the request began.</summary>
    public IReadOnlyList<CartLine> Cart { get; private set; } = [];

    /// <summary>What went wrong with a form, for the person who sent it.</summary>
    public string? Problem { get; private set; }

    /// <summary>The visitor's session.</summary>
    protected string Sid => HttpContext.GetSid();

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Customer = await accounts.FindCurrentAsync(Sid);
        Cart = await carts.ListAsync(Sid);
        await next();
    }

    /// <summary>Sends the browser to another page by its absolute address.</summary>
    protected RedirectResult RedirectTo(string path) => Redirect(HttpContext.AbsoluteUrl(path));

    /// <summary>Shows the page again with a sentence and a status code.</summary>
    protected PageResult Refuse(int status, string problem)
    {
        Problem = problem;
        return new PageResult { StatusCode = status };
    }
}
