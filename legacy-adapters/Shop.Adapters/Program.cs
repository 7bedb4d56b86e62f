using Shop.Adapters.Catalog;
using Shop.Adapters.Customers;
using Shop.Adapters.Inventory;

const string Usage = "usage: Shop.Adapters install | run [--urls http://127.0.0.1:5300]";
if (args is not [("install" or "run") and var verb, .. var rest])
{
    await Console.Error.WriteLineAsync(Usage);
    return 2;
}

var builder = WebApplication.CreateBuilder(rest);
// The edge asks for the watermark all the time.
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.Services.AddStranglerSync(builder.Configuration)
    .AddStream("catalog", source: "Legacy", target: "Catalog", new ProductMapping())
    .AddStream("inventory", source: "Legacy", target: "Inventory", new ItemMapping())
    .AddStream("customers", source: "Legacy", target: "Customers", new CustomerMapping(), new SessionMapping());
await using var app = builder.Build();
if (verb == "install")
{
    return await app.InstallSyncAsync(Console.Out);
}

app.MapSyncStatus();
await app.RunAsync();
return 0;
