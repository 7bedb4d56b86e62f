using LegacyShop.Api;
using LegacyShop.Data;
using LegacyShop.Services;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.FileProviders;

namespace LegacyShop.Web;

/// <summary>The web application: pages for people, JSON for programs.</summary>
internal static class ShopServer
{
    private const long MaxBodyBytes = 64 * 1024;

    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Serves until the process is told to stop.</summary>
    public static async Task RunAsync(string[] args)
    {
        await using var app = Build(args);
        try
        {
            await app.StartAsync();
        }
        catch (IOException e)
        {
            throw new ShopException($"The shop cannot listen: {e.Message}");
        }

        Console.WriteLine($"LegacyShop listens on {string.Join(", ", app.Urls)}");
        await app.WaitForShutdownAsync();
    }

    /// <summary>Everything but the start.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(ShopServer).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // It warns that keys are kept in memory only, which is meant.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MaxBodyBytes);
        AddServices(builder);

        var app = builder.Build();
        app.UseMiddleware<AccessLogMiddleware>();
        app.UseMiddleware<ErrorMiddleware>();
        app.UseStatusCodePages(ErrorBody.WriteAsync);
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new EmbeddedFileProvider(typeof(ShopServer).Assembly, "LegacyShop.wwwroot"),
        });
        app.UseMiddleware<SessionMiddleware>();
        app.UseRouting();
        app.MapProductImages();
        app.MapProducts();
        app.MapSearch();
        app.MapStock();
        app.MapLogin();
        app.MapCart();
        app.MapOrders();
        app.MapCustomers();
        app.MapRazorPages();
        return app;
    }

    private static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAntiforgery(options => options.Cookie.Name = "LegacyForm");
        services.AddRazorPages(options => options.Conventions.AddPageRoute("/Products", ""));

        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<ShopClock>();
        services.AddSingleton(AccessLog.Open(builder.Configuration["AccessLog:Path"]));
        services.AddSingleton(ShopDatabase.CreateDataSource(builder.Configuration));
        services.AddSingleton<ProductRepository>();
        services.AddSingleton<StockRepository>();
        services.AddSingleton<CustomerRepository>();
        services.AddSingleton<SessionRepository>();
        services.AddSingleton<CartRepository>();
        services.AddSingleton<OrderRepository>();
        services.AddSingleton<ProductSearch>();
        services.AddSingleton<Accounts>();
        services.AddSingleton<Carts>();
        services.AddSingleton<Checkout>();
    }
}
