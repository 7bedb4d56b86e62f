using System.Text;

namespace Strangler.UnitTests.Architecture;

/// <summary>A checkout made up in a temporary folder: the smallest that has every room and keeps every rule.</summary>
internal sealed class MadeUpTree : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("architecture-");

    public MadeUpTree()
    {
        Project("proxy/Strangler.Core", "new-services/ServiceDefaults/Metrics/*.cs");
        Project("proxy/Strangler.Proxy", "proxy/Strangler.Core/Strangler.Core.csproj");
        Project("proxy/Strangler.Host", "proxy/Strangler.Proxy/Strangler.Proxy.csproj");
        Project("proxy/Strangler.Cli", "proxy/Strangler.Core/Strangler.Core.csproj");
        Project("legacy-adapters/Strangler.Sync", "proxy/Strangler.Core/Strangler.Core.csproj");
        Project("legacy-adapters/Shop.Adapters", "legacy-adapters/Strangler.Sync/Strangler.Sync.csproj");
        Project("legacy-monolith/LegacyShop");
        Project("new-services/ServiceDefaults");
        Project("new-services/Catalog", "new-services/ServiceDefaults/ServiceDefaults.csproj");
        Project("tests/Strangler.UnitTests", "proxy/Strangler.Proxy/Strangler.Proxy.csproj", "new-services/Catalog/Catalog.csproj");
        Write("proxy/Strangler.Host/Program.cs", "using Strangler.Core.Rules;\nusing Strangler.Proxy;\n\nnamespace Strangler.Host;\n");
        Write("new-services/Catalog/bin/Debug/Catalog.xml", "made by a build, may name Strangler");
    }

    /// <summary>What the check says about it.</summary>
    public IReadOnlyList<string> Complaints() => ArchitectureCheck.Complaints(new SourceTree(_folder.FullName));

    /// <summary>Writes a project that references projects and links sources, all named from the root.</summary>
    public void Project(string path, params string[] targets)
    {
        var items = new StringBuilder();
        foreach (var target in targets)
        {
            var item = target.EndsWith(".cs", StringComparison.Ordinal) ? "Compile" : "ProjectReference";
            items.Append($"<{item} Include=\"../../{target}\" />");
        }

        Write(
            $"{path}/{Path.GetFileName(path)}.csproj",
            $"<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup>{items}</ItemGroup></Project>");
    }

    /// <summary>Writes a file, named from the root.</summary>
    public void Write(string file, string text)
    {
        var path = Path.Combine(_folder.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
