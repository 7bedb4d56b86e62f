using Dapper;
using LegacyShop.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shouldly;
using Strangler.IntegrationTests.NewServices;
using Strangler.IntegrationTests.Sync;
using Strangler.Sync.Mapping;

namespace Strangler.IntegrationTests.Parity;

/// <summary>The monolith with its seeded data, one new service, and adapters between their databases.</summary>
internal sealed class CapabilityLab : IAsyncDisposable
{
    private readonly FreshDatabase _source;
    private readonly FreshDatabase _target;
    private readonly AggregateMapping[] _mappings;
    private readonly WebApplication _monolith;
    private readonly WebApplication _adapters;

    private CapabilityLab(
        FreshDatabase source, FreshDatabase target, AggregateMapping[] mappings, WebApplication monolith, WebApplication adapters, ServiceProcess service)
    {
        (_source, _target, _mappings, _monolith, _adapters, Service) = (source, target, mappings, monolith, adapters, service);
        Monolith = new Uri(monolith.Urls.Single());
    }

    /// <summary>Where the monolith answers.</summary>
    public Uri Monolith { get; }

    /// <summary>The new service.</summary>
    public ServiceProcess Service { get; }

    /// <summary>The monolith's database.</summary>
    public string Shop => _source.ConnectionString;

    /// <summary>Starts all of it.</summary>
    /// <param name="clusters">Where the databases are.</param>
    /// <param name="service">The service, such as <c>Inventory</c>.</param>
    /// <param name="mappings">What the adapters bring over.</param>
    public static async Task<CapabilityLab> StartAsync(SharedClusters clusters, string service, params AggregateMapping[] mappings)
    {
        var source = await clusters.SeededShopAsync();
        var target = await clusters.EmptyServiceAsync(service.ToLowerInvariant());
        var process = await ServiceProcess.StartReadyAsync(service, target.ConnectionString);
        var monolith = ShopServer.Build(["--urls", "http://127.0.0.1:0", "--ConnectionStrings:Shop", source.ConnectionString]);
        await monolith.StartAsync();
        var adapters = Adapters(source, target, service, mappings);
        await using var output = new StringWriter();
        (await adapters.InstallSyncAsync(output)).ShouldBe(0, output.ToString());
        await adapters.StartAsync();
        return new CapabilityLab(source, target, mappings, monolith, adapters, process);
    }

    /// <summary>Returns when the target equals the mapping of the source.</summary>
    public async Task InStepAsync()
    {
        IReadOnlyList<string> differences = [];
        await Eventually.TrueAsync(
            "the target equals the mapping of the source",
            async () => (differences = await DifferencesAsync()).Count == 0,
            () => $"{differences.Count} differences, such as: {string.Join("; ", differences.Take(3))}");
    }

    /// <summary>Runs SQL on the monolith's database.</summary>
    public async Task ChangeShopAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Shop);
        await connection.ExecuteAsync(sql);
    }

    /// <summary>One value of the monolith's database.</summary>
    public Task<T?> ShopValueAsync<T>(string sql) => ValueAsync<T>(_source, sql);

    /// <summary>One value of the target.</summary>
    public Task<T?> TargetValueAsync<T>(string sql) => ValueAsync<T>(_target, sql);

    /// <summary>Stops it, and drops the slot, so that the cluster does not keep its log for it.</summary>
    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await _adapters.StopAsync();
        await _adapters.DisposeAsync();
        await _monolith.DisposeAsync();
        await using var connection = new NpgsqlConnection(_source.SuperuserConnectionString + ";Pooling=false");
        await Eventually.TrueAsync("the slot can be dropped", async () => await connection.ExecuteScalarAsync<long>(
            $"""
            select count(*) from pg_replication_slots where slot_name = '{Slot(_source)}'
            and (active or pg_drop_replication_slot(slot_name) is null)
            """) == 0);
    }

    private static WebApplication Adapters(FreshDatabase source, FreshDatabase target, string service, AggregateMapping[] mappings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Legacy"] = source.ConnectionStringFor("strangler_reader"),
            ["ConnectionStrings:LegacyOwner"] = source.ConnectionString,
            [$"ConnectionStrings:{service}"] = target.ConnectionStringFor("strangler_writer"),
            [$"ConnectionStrings:{service}Owner"] = target.ConnectionString,
            ["Sync:Slot"] = Slot(source),
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddStranglerSync(builder.Configuration)
            .AddStream(service.ToLowerInvariant(), source: "Legacy", target: service, mappings);
        return builder.Build();
    }

    private static async Task<T?> ValueAsync<T>(FreshDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.SuperuserConnectionString + ";Pooling=false");
        return await connection.ExecuteScalarAsync<T>(sql);
    }

    private static string Slot(FreshDatabase source) => "slot_" + source.Name;

    private Task<IReadOnlyList<string>> DifferencesAsync() => TargetCheck.DifferencesAsync(
        _source.SuperuserConnectionString + ";Pooling=false", _target.SuperuserConnectionString + ";Pooling=false", _mappings);
}
