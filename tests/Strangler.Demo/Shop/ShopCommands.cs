using System.Security.Cryptography;
using Strangler.Demo.Processes;

namespace Strangler.Demo.Shop;

/// <summary>How each process of the shop is run.</summary>
internal sealed class ShopCommands(BuiltPrograms programs, ShopFolder folder, ShopPorts ports, ShopDatabases databases)
{
    private const string MonolithProject = "legacy-monolith/LegacyShop";
    private const string AdaptersProject = "legacy-adapters/Shop.Adapters";

    // One for all edges, so that what they find is the same group.
    private readonly string _tokenKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Where a port of ours is.</summary>
    public static string Address(int port) => $"http://127.0.0.1:{port}";

    /// <summary>Fills the monolith's database.</summary>
    public ChildCommand Seed() => New(
        "seed", programs.Command(MonolithProject, "LegacyShop", "seed"), ("ConnectionStrings__Shop", databases.Shop));

    /// <summary>The monolith's nightly job.</summary>
    public ChildCommand NightlyStock(int seed) => New(
        "nightly-stock",
        programs.Command(MonolithProject, "LegacyShop", "nightly-stock", "--seed", $"{seed}"),
        ("ConnectionStrings__Shop", databases.Shop));

    /// <summary>The monolith.</summary>
    public ChildCommand Monolith() => New(
        "monolith",
        programs.Command(MonolithProject, "LegacyShop", "serve", "--urls", Address(ports.Monolith)),
        ("ConnectionStrings__Shop", databases.Shop),
        ("AccessLog__Path", folder.MonolithAccessLog));

    /// <summary>Catalog, which logs whether a request was a shadow copy.</summary>
    public ChildCommand Catalog() => New(
        "catalog",
        programs.Command("new-services/Catalog", "Catalog", "--urls", Address(ports.Catalog)),
        ("ConnectionStrings__Catalog", databases.Service("catalog")),
        ("AccessLog__Path", folder.CatalogAccessLog),
        ("AccessLog__Headers__0", ShadowHeader),
        ("DryRun__Marker", ShadowHeader),
        ("Settings__File", folder.CatalogSettings));

    /// <summary>Inventory.</summary>
    public ChildCommand Inventory() => New(
        "inventory",
        programs.Command("new-services/Inventory", "Inventory", "--urls", Address(ports.Inventory)),
        ("ConnectionStrings__Inventory", databases.Service("inventory")),
        ("DryRun__Marker", ShadowHeader));

    /// <summary>Customers, which knows its visitors by the monolith's session.</summary>
    public ChildCommand Customers() => New(
        "customers",
        programs.Command("new-services/Customers", "Customers", "--urls", Address(ports.Customers)),
        ("ConnectionStrings__Customers", databases.Service("customers")),
        ("DryRun__Marker", ShadowHeader),
        ("Session__Cookie", "LegacySession"));

    /// <summary>The adapters' one-time preparation of both databases.</summary>
    public ChildCommand InstallAdapters() => Adapters("adapters-install", "install");

    /// <summary>The adapters.</summary>
    public ChildCommand RunAdapters() => Adapters("adapters", "run");

    /// <summary>Prints the SQL of the control store, which goes into the log of that name.</summary>
    public ChildCommand ControlSchema() =>
        New("control-schema", programs.Command("proxy/Strangler.Host", "Strangler.Host", "--print-control-schema", "strangler_edge"));

    /// <summary>An edge.</summary>
    /// <param name="number">Which, from 0.</param>
    /// <param name="rules">The rules file.</param>
    public ChildCommand Edge(int number, string rules)
    {
        var name = EdgeName(number);
        List<string> arguments =
        [
            "--rules", rules, "--state", folder.EdgeState(name), "--urls", Address(ports.Edges[number].Shop),
            "--management", Address(ports.Edges[number].Management), "--decision-header", "true", "--edge", name,
        ];
        if (ports.Edges.Count > 1)
        {
            arguments.AddRange(["--control-store", "postgres"]);
        }

        return New(
            name,
            programs.Command("proxy/Strangler.Host", "Strangler.Host", [.. arguments]),
            ("STRANGLER_ADMIN_TOKEN_FILE", folder.TokenFile),
            ("STRANGLER_TOKEN_KEY", _tokenKey),
            ("STRANGLER_CONTROL_STORE", ports.Edges.Count > 1 ? databases.ControlStore : null));
    }

    /// <summary>What an edge is called in status, logs and on screen.</summary>
    public string EdgeName(int number) => ports.Edges.Count == 1 ? "edge" : $"edge-{number + 1}";

    /// <summary>The header that tells a shadow copy from a request.</summary>
    public const string ShadowHeader = "Strangler-Shadow";

    private ChildCommand Adapters(string name, string verb) => New(
        name,
        programs.Command(AdaptersProject, "Shop.Adapters", verb, "--urls", Address(ports.Adapters)),
        [
            ("Sync__TokenFile", folder.AdaptersTokenFile),
            ("Sync__JournalFolder", folder.Journals),
            ("ConnectionStrings__Legacy", databases.LegacyReader),
            ("ConnectionStrings__LegacyOwner", verb == "install" ? databases.LegacyOwner : null),
            .. ShopDatabases.Services.Select(service => (StoreOf(service), (string?)databases.ServiceWriter(service))),
            .. ShopDatabases.Services.Select(service => (StoreOf(service) + "Owner", verb == "install" ? databases.ServiceOwner(service) : null)),
        ]);

    // catalog becomes ConnectionStrings__Catalog.
    private static string StoreOf(string service) => $"ConnectionStrings__{char.ToUpperInvariant(service[0])}{service[1..]}";

    private ChildCommand New(
        string name, IReadOnlyList<string> command, params (string Name, string? Value)[] environment) => new()
    {
        Name = name,
        Command = command,
        LogFile = folder.LogOf(name),
        PidFile = folder.PidFileOf(name),
        // What the caller's shell has set for other programs must not move ours to another port or log level.
        Environment = environment.Concat(Inherited()).ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal),
    };

    private static IEnumerable<(string Name, string? Value)> Inherited() =>
        Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => name.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || name is "URLS" or "DOTNET_URLS")
            .Select(name => (name, (string?)null));
}
