using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Strangler.IntegrationTests.Edge;
using Strangler.Proxy.Plans.Postgres;

namespace Strangler.IntegrationTests.ControlStore;

/// <summary>A control store in PostgreSQL, two backends, one rules file, and any number of edges.</summary>
internal sealed class StoreLab : IAsyncDisposable
{
    public const string Role = "strangler_edge";

    private readonly string _folder = Directory.CreateTempSubdirectory("lab-").FullName;
    private readonly string _owner;
    private readonly List<StoreEdge> _edges = [];

    private StoreLab(string store, string owner, TestBackend legacy, TestBackend @new)
    {
        Store = store;
        _owner = owner;
        Legacy = legacy;
        New = @new;
        File.WriteAllText(Path.Combine(_folder, "rules.yaml"), Rules());
    }

    /// <summary>Connection string of the edges.</summary>
    public string Store { get; }

    public TestBackend Legacy { get; }

    public TestBackend New { get; }

    public static async Task<StoreLab> StartAsync(SharedClusters clusters)
    {
        var database = await clusters.EmptyControlAsync();
        return await StartAsync(database.ConnectionStringFor(Role), database.ConnectionString);
    }

    /// <summary>A lab on a database of the test's own.</summary>
    /// <param name="store">The edges' connection string.</param>
    /// <param name="owner">The owner's.</param>
    public static async Task<StoreLab> StartAsync(string store, string owner)
    {
        await ControlSchema.InstallAsync(owner, Role, TestContext.Current.CancellationToken);
        return new StoreLab(store, owner, await TestBackend.StartAsync(TestBackend.Text("legacy")), await TestBackend.StartAsync(TestBackend.Text("new")));
    }

    public string StateOf(string edge) => Path.Combine(_folder, edge);

    public async Task<StoreEdge> EdgeAsync(string name, string? store = null, TimeProvider? time = null, Action<IServiceCollection>? more = null)
    {
        var edge = await StoreEdge.StartAsync(name, _folder, store ?? Store, time, more);
        _edges.Add(edge);

        // FeatureManagement is asked in tests of its own; each question takes the time of ten swaps.
        edge.Control.Guard = static (_, _) => null;
        return edge;
    }

    public async Task StopAsync(StoreEdge edge)
    {
        _edges.Remove(edge);
        await edge.DisposeAsync();
    }

    public string Rules(string version = "v1") => $$"""
        apiVersion: strangler/v1
        legacy: { destinations: ["{{Legacy.Address}}"] }
        unit: { session: { cookie: LegacySession } }
        capabilities:
          catalog:
            new: { destinations: ["{{New.Address}}"], timeout: 10s }
            operations:
              - { match: "GET /api/products/{sku}", new: "GET /{{version}}/products/{sku}", semantics: safe }

        """;

    public Task WriteRulesAsync(string text) => File.WriteAllTextAsync(Path.Combine(_folder, "rules.yaml"), text, TestContext.Current.CancellationToken);

    /// <summary>Runs SQL as the owner of the store.</summary>
    public async Task OwnerAsync(string sql, params object[] values)
    {
        await using var connection = new NpgsqlConnection(_owner + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var edge in _edges) await edge.DisposeAsync();
        await Legacy.DisposeAsync();
        await New.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
