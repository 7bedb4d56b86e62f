using System.Reflection;

namespace Strangler.IntegrationTests.PackTest;

/// <summary>
/// The packages, made twice of what the tests were built with, in a folder outside the repository; and a place beside them where a
/// project restores from them, from what this machine has of others, and from nowhere else.
/// </summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private static readonly string[] Projects =
    [
        "proxy/Strangler.Core/Strangler.Core.csproj",
        "proxy/Strangler.Proxy/Strangler.Proxy.csproj",
        "proxy/Strangler.Cli/Strangler.Cli.csproj",
        "legacy-adapters/Strangler.Sync/Strangler.Sync.csproj",
    ];

    private readonly DirectoryInfo _outside = Directory.CreateTempSubdirectory("pack-test-");

    /// <summary>The version of the repository.</summary>
    public static string Version { get; } =
        typeof(PackedPackages).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The configuration that the tests were built in.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>The packages.</summary>
    public string Packages => Path.Combine(_outside.FullName, "packages");

    /// <summary>The same packages, made a second time.</summary>
    public string PackagesAgain => Path.Combine(_outside.FullName, "packages-again");

    /// <summary>The settings for restoring.</summary>
    public string RestoreSettings => Path.Combine(_outside.FullName, "nuget.config");

    /// <summary>What a restoring command needs in its environment: restored packages go here, not to where others take theirs from.</summary>
    internal Dictionary<string, string?> Variables => new(StringComparer.Ordinal)
    {
        ["NUGET_PACKAGES"] = Path.Combine(_outside.FullName, "restored"),
        ["DOTNET_CLI_HOME"] = _outside.FullName,
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1",
        ["DOTNET_ADD_GLOBAL_TOOLS_TO_PATH"] = "0",
    };

    /// <summary>A package.</summary>
    public string Package(string id, string extension = "nupkg") => Path.Combine(Packages, $"{id}.{Version}.{extension}");

    /// <summary>An empty folder outside the repository.</summary>
    public string Folder(string name) => _outside.CreateSubdirectory(name).FullName;

    public async ValueTask InitializeAsync()
    {
        // What was built is packed as it is: building it again would pull it away from under the other tests.
        var projects = string.Join(';', Projects.Select(project => Path.Combine(Repository.Root, project)));
        await File.WriteAllTextAsync(Path.Combine(_outside.FullName, "pack.proj"), $"""
            <Project>
              <Target Name="Pack">
                <MSBuild Projects="{projects}" Targets="Pack"
                         Properties="Configuration={Configuration};NoBuild=true;PackageOutputPath={Packages}" />
                <MSBuild Projects="{projects}" Targets="Pack"
                         Properties="Configuration={Configuration};NoBuild=true;PackageOutputPath={PackagesAgain}" />
              </Target>
            </Project>
            """);
        await File.WriteAllTextAsync(RestoreSettings, $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{Packages}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="others" value="{LinkOthers()}" /></fallbackPackageFolders>
            </configuration>
            """);
        await DotnetSdk.RunAsync(
            _outside.FullName,
            ["msbuild", Path.Combine(_outside.FullName, "pack.proj"), "-nologo", "-verbosity:quiet", "-warnaserror"],
            TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _outside.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>The packages of this machine, except ours of some other time, and except the one that not every source has.</summary>
    private string LinkOthers()
    {
        var others = typeof(PackedPackages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == "NuGetPackageRoot").Value!;
        var links = Folder("others");
        foreach (var package in Directory.EnumerateDirectories(others))
        {
            var id = Path.GetFileName(package);
            if (id != "system.io.hashing" && !id.StartsWith("strangler.", StringComparison.Ordinal))
            {
                Directory.CreateSymbolicLink(Path.Combine(links, id), package);
            }
        }

        return links;
    }
}
