using Strangler.ChaosAdapter;
using Strangler.Sync.Streams;

// Adapters in a process that tests kill. The setting Chaos:Mutation breaks the engine on purpose.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
ChaosStreams.AddTo(builder.Services.AddStranglerSync(builder.Configuration));
if (builder.Configuration["Chaos:Mutation"] is { } mutation)
{
    builder.Services.AddSingleton<PostgresStoreConnector>();
    builder.Services.AddSingleton<IStoreConnector>(services =>
        new MutatedConnector(services.GetRequiredService<PostgresStoreConnector>(), Enum.Parse<Mutation>(mutation)));
}

await using var app = builder.Build();
app.MapSyncStatus();
await app.RunAsync();
