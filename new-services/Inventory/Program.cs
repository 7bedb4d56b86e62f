using Inventory.Stock;
using ServiceDefaults;
using ServiceDefaults.Api;
using ServiceDefaults.Database;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDatabase("Inventory", typeof(Program).Assembly);
builder.AddStrictJson();
builder.Services.AddOpenApi("v1", api => api.Describe("Inventory", "What lies in the warehouses."));

var app = builder.Build();
app.UseServiceDefaults();
app.MapOpenApi();
app.MapGetStock();
await app.RunAsync();
