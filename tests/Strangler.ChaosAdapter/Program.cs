using Shop.Adapters.Catalog;
using Strangler.ChaosAdapter;
using Strangler.Sync.Streams;

// The shop's mapping and an append-only one, in a process that tests kill. The setting Chaos:Mutation breaks the engine on purpose.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
builder.Services.AddStranglerSync(builder.Configuration)
    .AddStream("catalog", source: "Legacy", target: "Catalog", new ProductMapping(), new EventMapping());
if (builder.Configuration["Chaos:Mutation"] is { } mutation)
{
    builder.Services.AddSingleton<PostgresStoreConnector>();
    builder.Services.AddSingleton<IStoreConnector>(services =>
        new MutatedConnector(services.GetRequiredService<PostgresStoreConnector>(), Enum.Parse<Mutation>(mutation)));
}

await using var app = builder.Build();
app.MapSyncStatus();
await app.RunAsync();
