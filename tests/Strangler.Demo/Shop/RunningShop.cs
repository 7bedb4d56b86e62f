using System.Collections.Concurrent;
using Strangler.Demo.Processes;

namespace Strangler.Demo.Shop;

/// <summary>Everything of the shop, running: two clusters, the monolith, the new services, the adapters and the edges.</summary>
internal sealed class RunningShop : IAsyncDisposable
{
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly ConcurrentDictionary<string, ChildProcess> _children = new(StringComparer.Ordinal);
    private readonly BuiltPrograms _programs;
    private readonly ShopFolder _folder;
    private readonly ShopPorts _ports;
    private readonly ShopDatabases _databases;
    private readonly ShopCommands _commands;
    private readonly Readiness _readiness;
    private readonly Screen _screen;
    private readonly Lazy<string> _rules;

    /// <summary>Prepares; nothing runs yet.</summary>
    public RunningShop(BuiltPrograms programs, ShopFolder folder, ShopPorts ports, Screen screen)
    {
        _programs = programs;
        _folder = folder;
        _ports = ports;
        _screen = screen;
        _databases = new ShopDatabases(folder, ports);
        _commands = new ShopCommands(programs, folder, ports, _databases);
        _readiness = new Readiness(_http);
        _rules = new Lazy<string>(RulesFile);
    }

    /// <summary>Where shoppers go, edge by edge.</summary>
    public IReadOnlyList<Uri> Edges => [.. _ports.Edges.Select(edge => new Uri(ShopCommands.Address(edge.Shop)))];

    /// <summary>The admin API, edge by edge.</summary>
    public IReadOnlyList<Uri> Managements => [.. _ports.Edges.Select(edge => new Uri(ShopCommands.Address(edge.Management)))];

    /// <summary>The monolith itself, beside the edge.</summary>
    public Uri Monolith => new(ShopCommands.Address(_ports.Monolith));

    /// <summary>Catalog itself, beside the edge.</summary>
    public Uri Catalog => new(ShopCommands.Address(_ports.Catalog));

    /// <summary>Inventory itself, beside the edge.</summary>
    public Uri Inventory => new(ShopCommands.Address(_ports.Inventory));

    /// <summary>Customers itself, beside the edge.</summary>
    public Uri Customers => new(ShopCommands.Address(_ports.Customers));

    /// <summary>The adapters' status API.</summary>
    public Uri Adapters => new(ShopCommands.Address(_ports.Adapters));

    /// <summary>Its folder.</summary>
    public ShopFolder Folder => _folder;

    /// <summary>
    /// Starts everything, side by side as far as one does not need the other, and returns when all of it is ready.
    /// </summary>
    /// <exception cref="ChildFailedException">A process ended instead.</exception>
    /// <exception cref="DemoException">A process was not ready in time.</exception>
    public async Task StartAsync(CancellationToken cancellation)
    {
        var seeded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var servicesReady = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var schemasReady = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Together.RunAsync(
            cancellation,
            async stop =>
            {
                await TimedAsync("legacy database", $"ready on {_ports.LegacyDatabase}", () => _databases.StartLegacyAsync(stop));
                await TimedAsync("monolith's data", "seeded", () => ChildProcess.RunAsync(_commands.Seed(), stop));
                seeded.SetResult();
                await StartAsync("monolith", _commands.Monolith(), _ports.Monolith, "/api/products?size=1", stop);
            },
            async stop =>
            {
                await TimedAsync(
                    "services database", $"ready on {_ports.ServicesDatabase}", () => _databases.StartServicesAsync(stop));
                if (_ports.Edges.Count > 1)
                {
                    await TimedAsync("control store", "made", () => CreateControlStoreAsync(stop));
                }

                servicesReady.SetResult();
                await Task.WhenAll(
                    TimedAsync("catalog", $"ready on {_ports.Catalog}", () => StartCatalogAsync(stop)),
                    StartAsync("inventory", _commands.Inventory(), _ports.Inventory, "/readyz", stop),
                    StartAsync("customers", _commands.Customers(), _ports.Customers, "/readyz", stop));
                schemasReady.SetResult();
            },
            async stop =>
            {
                // One edge keeps its state itself and needs nobody; several need their store.
                if (_ports.Edges.Count > 1)
                {
                    await servicesReady.Task.WaitAsync(stop);
                }

                await Task.WhenAll(Enumerable.Range(0, _ports.Edges.Count).Select(number =>
                    TimedAsync(_commands.EdgeName(number), $"ready on {_ports.Edges[number].Shop}", () => StartEdgeAsync(number, stop))));
            },
            async stop =>
            {
                await Task.WhenAll(seeded.Task, schemasReady.Task).WaitAsync(stop);
                await StartAdaptersAsync(stop);
            });
    }

    /// <summary>Starts Catalog and returns when it is ready.</summary>
    public async Task StartCatalogAsync(CancellationToken cancellation)
    {
        var catalog = _children["catalog"] = ChildProcess.Start(_commands.Catalog());
        await _readiness.WaitAsync(catalog, ShopCommands.Address(_ports.Catalog) + "/readyz", cancellation);
    }

    /// <summary>Kills Catalog with SIGKILL and returns when it is gone.</summary>
    public Task KillCatalogAsync() => KillAsync("catalog");

    /// <summary>Starts an edge and returns when it is ready.</summary>
    public async Task StartEdgeAsync(int number, CancellationToken cancellation)
    {
        var edge = _children[_commands.EdgeName(number)] = ChildProcess.Start(_commands.Edge(number, _rules.Value));
        await _readiness.WaitAsync(edge, ShopCommands.Address(_ports.Edges[number].Management) + "/readyz", cancellation);
    }

    /// <summary>Kills an edge with SIGKILL and returns when it is gone.</summary>
    public Task KillEdgeAsync(int number) => KillAsync(_commands.EdgeName(number));

    /// <summary>What an edge is called.</summary>
    public string EdgeName(int number) => _commands.EdgeName(number);

    /// <summary>Kills the services' database and the control store in it with SIGKILL.</summary>
    public Task KillControlStoreAsync() => _databases.KillServicesAsync();

    /// <summary>Starts it again.</summary>
    public Task RestartControlStoreAsync(CancellationToken cancellation) => _databases.RestartServicesAsync(cancellation);

    /// <summary>Runs the monolith's nightly job to its end.</summary>
    public Task RunNightlyStockAsync(int seed, CancellationToken cancellation) =>
        ChildProcess.RunAsync(_commands.NightlyStock(seed), cancellation);

    /// <summary>Throws when a process has ended that should run.</summary>
    /// <exception cref="ChildFailedException">One has; the message names its log.</exception>
    public void ThrowIfOneDied()
    {
        if (_children.Values.FirstOrDefault(child => child.HasExited) is { } dead)
        {
            throw new ChildFailedException(dead.Name, dead.ExitCode, dead.LogFile);
        }
    }

    /// <summary>Stops everything: first who asks, then who answers, last the databases.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, _ports.Edges.Count).Select(number => StopAsync(_commands.EdgeName(number))));
        await Task.WhenAll(_children.Keys.Select(StopAsync));
        await _databases.DisposeAsync();
        _http.Dispose();
    }

    private async Task KillAsync(string name)
    {
        if (_children.TryRemove(name, out var child))
        {
            await child.StopAsync(UnixSignal.Kill, KillPatience);
            await child.DisposeAsync();
        }
    }

    private async Task CreateControlStoreAsync(CancellationToken cancellation)
    {
        var schema = _commands.ControlSchema();
        await ChildProcess.RunAsync(schema, cancellation);
        await _databases.CreateControlStoreAsync(await File.ReadAllTextAsync(schema.LogFile, cancellation), cancellation);
    }

    private async Task StartAdaptersAsync(CancellationToken cancellation)
    {
        await TimedAsync("adapters", "installed", () => ChildProcess.RunAsync(_commands.InstallAdapters(), cancellation));
        await StartAsync("adapters", _commands.RunAdapters(), _ports.Adapters, "/livez", cancellation);
    }

    private Task StartAsync(
        string name, ChildCommand command, int port, string path, CancellationToken cancellation) =>
        TimedAsync(name, $"ready on {port}", async () =>
        {
            var child = _children[name] = ChildProcess.Start(command);
            await _readiness.WaitAsync(child, ShopCommands.Address(port) + path, cancellation);
        });

    private async Task StopAsync(string name)
    {
        if (_children.TryRemove(name, out var child))
        {
            await child.DisposeAsync();
        }
    }

    private async Task TimedAsync(string name, string what, Func<Task> work)
    {
        var started = TimeProvider.System.GetTimestamp();
        await work();
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        _screen.Line($"  {name,-18} {what,-14} ({seconds:0.0} s)");
    }

    // The rules of the checkout name the default ports; a shop on other ports gets a copy with its own.
    private string RulesFile()
    {
        var defaults = ShopPorts.Default(_ports.Edges.Count).All;
        if (defaults.SequenceEqual(_ports.All))
        {
            return _programs.Rules;
        }

        var rules = File.ReadAllText(_programs.Rules);
        foreach (var (before, after) in defaults.Zip(_ports.All))
        {
            rules = rules.Replace($"127.0.0.1:{before.Port}", $"127.0.0.1:{after.Port}", StringComparison.Ordinal);
        }

        var copy = Path.Combine(_folder.Root, Path.GetFileName(_programs.Rules));
        File.WriteAllText(copy, rules);
        return copy;
    }
}
