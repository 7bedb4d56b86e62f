using System.Text;
using Shouldly;
using Strangler.Demo.Processes;
using Strangler.IntegrationTests.Edge;
using Strangler.IntegrationTests.Sync;

namespace Strangler.IntegrationTests.PackTest;

/// <summary>The libraries and the tool as packages, used from outside the repository.</summary>
public sealed class PackTests(PackedPackages packages) : IClassFixture<PackedPackages>
{
    private const string WithoutHashing = """<ItemGroup><PrunePackageReference Include="System.IO.Hashing" Version="10.0.99" /></ItemGroup>""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Strangler.Core", "README.md", "Strangler.Core.nuspec", "lib/net10.0/Strangler.Core.dll", "lib/net10.0/Strangler.Core.xml")]
    [InlineData(
        "Strangler.Proxy",
        "README.md", "Strangler.Proxy.nuspec", "buildTransitive/Strangler.Proxy.targets", "lib/net10.0/Strangler.Proxy.dll", "lib/net10.0/Strangler.Proxy.xml")]
    [InlineData("Strangler.Sync", "README.md", "Strangler.Sync.nuspec", "lib/net10.0/Strangler.Sync.dll", "lib/net10.0/Strangler.Sync.xml")]
    [InlineData(
        "Strangler.Cli",
        "README.md", "Strangler.Cli.nuspec", "tools/net10.0/any/AngleSharp.dll", "tools/net10.0/any/DotnetToolSettings.xml", "tools/net10.0/any/Spectre.Console.dll",
        "tools/net10.0/any/Strangler.Core.dll", "tools/net10.0/any/Strangler.Core.pdb", "tools/net10.0/any/Strangler.Core.xml",
        "tools/net10.0/any/System.CommandLine.dll", "tools/net10.0/any/YamlDotNet.dll", "tools/net10.0/any/strangler.deps.json",
        "tools/net10.0/any/strangler.dll", "tools/net10.0/any/strangler.pdb", "tools/net10.0/any/strangler.runtimeconfig.json",
        "tools/net10.0/any/strangler.xml")]
    public void Pack_EachPackage_HoldsThisAndNothingElse(string id, params string[] files)
    {
        using var package = new PackageReader(packages.Package(id));

        package.Files.ShouldBe(files);
    }

    [Theory]
    [InlineData("Strangler.Core")]
    [InlineData("Strangler.Proxy")]
    [InlineData("Strangler.Sync")]
    [InlineData("Strangler.Cli")]
    public void Pack_EachPackage_SaysWhatItIsAndNotWhereItWasMade(string id)
    {
        using var package = new PackageReader(packages.Package(id));
        var metadata = package.Metadata;

        metadata["id"].Single().Value.ShouldBe(id);
        metadata["version"].Single().Value.ShouldBe(PackedPackages.Version);
        PackedPackages.Version.ShouldStartWith("0.");
        metadata["readme"].Single().Value.ShouldBe("README.md");
        metadata["description"].Single().Value.ShouldNotBeNullOrWhiteSpace();
        metadata["repository"].ShouldBeEmpty();
        metadata["projectUrl"].ShouldBeEmpty();
        metadata["license"].Any().ShouldBe(Directory.EnumerateFiles(Repository.Root, "LICENSE*").Any(), "as the repository has it");
        foreach (var file in package.Files.Where(_ => PackedPackages.Configuration == "Release"))
        {
            Encoding.UTF8.GetString(package.Read(file)).ShouldNotContain(Repository.Root, Case.Sensitive, file);
        }
    }

    [Theory]
    [InlineData("Strangler.Core", "Strangler.Core.")]
    [InlineData("Strangler.Proxy", "Strangler.Proxy", "Microsoft.AspNetCore.Builder", "Microsoft.Extensions.DependencyInjection")]
    [InlineData("Strangler.Sync", "Strangler.Sync", "Microsoft.AspNetCore.Builder", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting")]
    public void Pack_EachLibrary_ShowsItsOwnTypesDocumentedAndHasSymbols(string id, params string[] namespaces)
    {
        using var package = new PackageReader(packages.Package(id));
        using var symbols = new PackageReader(packages.Package(id, "snupkg"));

        var shown = package.PublicNamespaces($"lib/net10.0/{id}.dll");

        shown.ShouldNotBeEmpty();
        shown.ShouldAllBe(shownNamespace => namespaces.Any(own => shownNamespace.StartsWith(own, StringComparison.Ordinal)));
        Encoding.UTF8.GetString(package.Read($"lib/net10.0/{id}.xml")).ShouldContain("<member name=\"T:");
        symbols.Files.ShouldBe([$"{id}.nuspec", $"lib/net10.0/{id}.pdb"]);
    }

    [Fact]
    public void Pack_LibrariesThatShareInternals_FitOnlyInTheSameVersion()
    {
        foreach (var id in (string[])["Strangler.Proxy", "Strangler.Sync"])
        {
            using var package = new PackageReader(packages.Package(id));

            package.Dependencies.ShouldContain($"Strangler.Core [{PackedPackages.Version}]");
        }
    }

    [Fact]
    public void Pack_Twice_SameBytes()
    {
        var made = Directory.GetFiles(packages.Packages);

        made.Length.ShouldBe(7, string.Join(' ', made));
        foreach (var package in made)
        {
            var again = Path.Combine(packages.PackagesAgain, Path.GetFileName(package));
            File.ReadAllBytes(again).AsSpan().SequenceEqual(File.ReadAllBytes(package)).ShouldBeTrue(package);
        }
    }

    [Fact]
    public async Task Proxy_ProjectOutside_ServesThroughToTheBackend()
    {
        await using var monolith = await TestBackend.StartAsync(TestBackend.Text("from the monolith"));
        var edge = new EdgeOutside(packages, "edge");
        await File.WriteAllTextAsync(edge.Rules, $"apiVersion: strangler/v1\nlegacy: {{ destinations: [\"{monolith.Address}\"] }}\n", Cancellation);

        await edge.BuildAsync(WithoutHashing, Cancellation);
        ShouldBeOfThePackage("Strangler.Proxy", edge);
        ShouldBeOfThePackage("Strangler.Sync", edge);
        ShouldBeOfThePackage("Strangler.Core", edge);
        var (process, address) = edge.Start();
        await using var running = process;
        using var client = new HttpClient { BaseAddress = address };
        var answer = "";
        await Eventually.TrueAsync(
            "an answer through the edge",
            async () =>
            {
                process.HasExited.ShouldBeFalse(process.HasExited ? await File.ReadAllTextAsync(process.LogFile) : null);
                try
                {
                    answer = await client.GetStringAsync("/products?page=2", Cancellation);
                    return true;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            });

        answer.ShouldBe("from the monolith");
        monolith.Seen.ShouldContain(request => request.Target == "/products?page=2");
    }

    [Fact]
    public async Task Proxy_SourceWithoutHashingAndProjectWithoutTheLine_RestoreNamesThePackage()
    {
        var failure = await Should.ThrowAsync<ChildFailedException>(() => new EdgeOutside(packages, "without-the-line").BuildAsync("", Cancellation));

        failure.Message.ShouldContain("NU1101: Unable to find package System.IO.Hashing");
    }

    [Fact]
    public async Task Tool_InstalledFromThePackage_Validates()
    {
        var folder = packages.Folder("tool");
        await DotnetSdk.RunAsync(
            folder,
            ["tool", "install", "Strangler.Cli", "--version", PackedPackages.Version, "--tool-path", folder, "--configfile", packages.RestoreSettings],
            Cancellation,
            packages.Variables);
        var rules = Path.Combine(folder, "rules.yaml");

        await File.WriteAllTextAsync(rules, "apiVersion: strangler/v1\nlegacy: { destinations: [\"http://127.0.0.1:9\"] }\n", Cancellation);
        (await ValidateAsync(folder, rules)).ShouldBe(0);
        await File.WriteAllTextAsync(rules, "apiVersion: strangler/v2\nlegacy: { destinations: [nowhere] }\n", Cancellation);
        (await ValidateAsync(folder, rules)).ShouldBe(3);
        (await File.ReadAllTextAsync(Path.Combine(folder, "validate.log"), Cancellation)).ShouldContain($"{rules}:1:13 bad-value");
    }

    private static async Task<int> ValidateAsync(string folder, string rules)
    {
        await using var tool = ChildProcess.Start(new ChildCommand
        {
            Name = "strangler validate",
            Command = [Path.Combine(folder, "strangler"), "validate", rules],
            LogFile = Path.Combine(folder, "validate.log"),
            PidFile = Path.Combine(folder, "validate.pid"),
        });
        await tool.WaitForExitAsync(Cancellation);
        return tool.ExitCode;
    }

    /// <summary>What runs is what was packed just now, and not a package of the same version from elsewhere.</summary>
    private void ShouldBeOfThePackage(string id, EdgeOutside edge)
    {
        using var package = new PackageReader(packages.Package(id));
        File.ReadAllBytes(edge.Built($"{id}.dll")).AsSpan().SequenceEqual(package.Read($"lib/net10.0/{id}.dll")).ShouldBeTrue(id);
    }
}
