using System.Net;
using Strangler.Demo.Clusters;
using Strangler.Demo.Processes;

namespace Strangler.IntegrationTests.PackTest;

/// <summary>A project outside the repository that makes an edge of the packages, and adapters that are only compiled.</summary>
internal sealed class EdgeOutside(PackedPackages packages, string name)
{
    private const string Program = """
        using Strangler.Proxy;
        using Strangler.Proxy.Plans;

        var builder = WebApplication.CreateBuilder(args);
        try
        {
            builder.Services.AddStrangler(new StranglerOptions
            {
                Rules = builder.Configuration["rules"]!,
                State = builder.Configuration["state"]!,
                Management = builder.Configuration["management"]!,
            });
            await builder.Build().MapStrangler().RunAsync();
            return 0;
        }
        catch (InvalidRulesException error)
        {
            foreach (var diagnostic in error.Diagnostics) Console.Error.WriteLine(diagnostic);
            return 3;
        }
        """;

    private const string Adapters = """
        using Strangler.Sync.Mapping;

        public sealed record Account(int Id, string Name);

        public sealed record AccountRow(int Id, string Name);

        public sealed class AccountMapping : AggregateMapping<int, Account>
        {
            private readonly TargetTable<AccountRow> _accounts;

            public AccountMapping() : base("account", version: 1, table: "accounts", key: "id") =>
                _accounts = Owned<AccountRow>("customers.account", aggregate: "id", key: "id");

            public static void Add(HostApplicationBuilder builder) => builder.Services.AddStranglerSync(builder.Configuration)
                .AddStream("customers", source: "Legacy", target: "Customers", new AccountMapping());

            protected override object TargetKey(int key) => key;

            protected override void Map(Account root, SourceRows source, TargetRows target) =>
                target.Add(_accounts, new AccountRow(root.Id, root.Name));
        }
        """;

    private readonly string _folder = packages.Folder(name);

    /// <summary>Where the rules go.</summary>
    public string Rules => Path.Combine(_folder, "rules.yaml");

    /// <summary>A built file.</summary>
    public string Built(string file) => Path.Combine(_folder, "built", file);

    /// <summary>Restores and builds it.</summary>
    /// <param name="more">What the project says beyond its references.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ChildFailedException">It does not build; the message quotes the end of the output.</exception>
    public async Task BuildAsync(string more, CancellationToken cancellation)
    {
        var project = Path.Combine(_folder, "MyEdge.csproj");
        await File.WriteAllTextAsync(project, $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Strangler.Proxy" Version="{PackedPackages.Version}" />
                <PackageReference Include="Strangler.Sync" Version="{PackedPackages.Version}" />
              </ItemGroup>
              {more}
            </Project>
            """, cancellation);
        await File.WriteAllTextAsync(Path.Combine(_folder, "Program.cs"), Program, cancellation);
        await File.WriteAllTextAsync(Path.Combine(_folder, "AccountMapping.cs"), Adapters, cancellation);
        await DotnetSdk.RunAsync(
            _folder,
            ["build", project, "--output", Built(""), "--verbosity", "quiet", "-warnaserror", $"-p:RestoreConfigFile={packages.RestoreSettings}"],
            cancellation,
            packages.Variables);
    }

    /// <summary>Starts it; the caller ends it.</summary>
    /// <returns>The process, and where it listens.</returns>
    public (ChildProcess Process, Uri Address) Start()
    {
        var address = new Uri($"http://{IPAddress.Loopback}:{FreePort.Next()}");
        var process = ChildProcess.Start(new ChildCommand
        {
            Name = "the edge outside",
            Command =
            [
                "dotnet", Built("MyEdge.dll"), "--urls", $"{address}", "--rules", Rules,
                "--state", Path.Combine(_folder, "state"), "--management", "http://127.0.0.1:0",
            ],
            LogFile = Path.Combine(_folder, "edge.log"),
            PidFile = Path.Combine(_folder, "edge.pid"),
        });
        return (process, address);
    }
}
