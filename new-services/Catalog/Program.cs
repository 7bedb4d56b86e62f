using Catalog.Defects;
using Catalog.Products;
using ServiceDefaults;
using ServiceDefaults.Api;
using ServiceDefaults.Database;
using ServiceDefaults.DryRuns;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDatabase("Catalog", typeof(Program).Assembly);
builder.AddDryRuns();
builder.AddDefects();
builder.AddStrictJson();
builder.Services.AddOpenApi("v1", api => api.Describe("Catalog", "What the shop sells."));

var app = builder.Build();
app.UseServiceDefaults();
app.UseDryRuns();
app.MapOpenApi();
app.MapListProducts();
app.MapGetProduct();
app.MapSearchProducts();
await app.RunAsync();
