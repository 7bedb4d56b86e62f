using Catalog.Api;
using Catalog.Defects;
using Catalog.Products;
using ServiceDefaults;
using ServiceDefaults.Database;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDatabase("Catalog", typeof(Program).Assembly);
builder.AddDefects();
builder.AddCatalogApi();

var app = builder.Build();
app.UseServiceDefaults();
app.MapCatalogApi();
app.MapListProducts();
app.MapGetProduct();
app.MapSearchProducts();
await app.RunAsync();
