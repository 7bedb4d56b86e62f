using Inventory.Stock;
using ServiceDefaults;
using ServiceDefaults.Api;
using ServiceDefaults.Database;
using ServiceDefaults.DryRuns;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDatabase("Inventory", typeof(Program).Assembly);
builder.AddDryRuns();
builder.AddStrictJson();
builder.Services.AddOpenApi("v1", api => api.Describe("Inventory", "What lies in the warehouses."));

var app = builder.Build();
app.UseServiceDefaults();
app.UseDryRuns();
app.MapOpenApi();
app.MapGetStock();
await app.RunAsync();
