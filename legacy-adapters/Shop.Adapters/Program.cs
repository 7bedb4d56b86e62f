using Shop.Adapters.Catalog;
using Shop.Adapters.Customers;
using Shop.Adapters.Inventory;

var builder = WebApplication.CreateBuilder(args);
// The edge asks for the watermark all the time.
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.Services.AddStranglerSync(builder.Configuration)
    .AddStream("catalog", source: "Legacy", target: "Catalog", new ProductMapping())
    .AddStream("inventory", source: "Legacy", target: "Inventory", new ItemMapping())
    .AddStream("customers", source: "Legacy", target: "Customers", new CustomerMapping(), new SessionMapping());
await using var app = builder.Build();
return await app.RunSyncAsync(args); // preview, install or run
