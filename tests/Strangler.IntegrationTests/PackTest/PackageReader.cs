using System.IO.Compression;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Strangler.IntegrationTests.PackTest;

/// <summary>Looks into a package.</summary>
internal sealed class PackageReader(string file) : IDisposable
{
    // The envelope of every package, of no meaning for who uses it.
    private static readonly string[] Envelope = ["_rels/", "[Content_Types].xml", "package/"];

    private readonly ZipArchive _archive = ZipFile.OpenRead(file);

    /// <summary>The files inside, without the envelope.</summary>
    public IReadOnlyList<string> Files =>
    [
        .. _archive.Entries.Select(entry => entry.FullName)
            .Where(name => !Envelope.Any(part => name.StartsWith(part, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Elements of the manifest's metadata, by name.</summary>
    public ILookup<string, XElement> Metadata
    {
        get
        {
            using var stream = _archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
            return XDocument.Load(stream).Root!.Elements().Single().Elements().ToLookup(element => element.Name.LocalName, StringComparer.Ordinal);
        }
    }

    /// <summary>The packages it depends on, each with the versions it takes.</summary>
    public IReadOnlyList<string> Dependencies =>
    [
        .. Metadata["dependencies"].SelectMany(all => all.Descendants()).Where(element => element.Name.LocalName == "dependency")
            .Select(dependency => $"{dependency.Attribute("id")!.Value} {dependency.Attribute("version")!.Value}")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>A file's content.</summary>
    public byte[] Read(string name)
    {
        using var stream = _archive.GetEntry(name)!.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>The namespaces of an assembly's public types.</summary>
    public IReadOnlySet<string> PublicNamespaces(string assembly)
    {
        using var portable = new PEReader([.. Read(assembly)]);
        var reader = portable.GetMetadataReader();
        return reader.TypeDefinitions.Select(reader.GetTypeDefinition)
            .Where(type => (type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public)
            .Select(type => reader.GetString(type.Namespace))
            .ToHashSet(StringComparer.Ordinal);
    }

    public void Dispose() => _archive.Dispose();
}
