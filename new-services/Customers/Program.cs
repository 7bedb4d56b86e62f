using Customers.Accounts;
using ServiceDefaults;
using ServiceDefaults.Api;
using ServiceDefaults.Database;
using ServiceDefaults.DryRuns;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDatabase("Customers", typeof(Program).Assembly);
builder.AddDryRuns();
builder.AddStrictJson();
builder.Services.AddOpenApi("v1", api => api.Describe("Customers", "Who buys in the shop."));
builder.Services.AddOptions<SessionCookieOptions>().BindConfiguration(SessionCookieOptions.Section).ValidateDataAnnotations().ValidateOnStart();

var app = builder.Build();
app.UseServiceDefaults();
app.UseDryRuns();
app.MapOpenApi();
app.MapGetCustomer();
await app.RunAsync();
