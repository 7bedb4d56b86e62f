using System.Text;

namespace Strangler.Cli.Verbs.Init;

/// <summary>Writes the first rules file and, beside it, the schema that editors find by its first line.</summary>
internal static class FirstFiles
{
    private const string SchemaName = "strangler.v1.schema.json";

    /// <summary>Writes both; a schema that is there already is left alone.</summary>
    /// <param name="file">The rules file; must not exist.</param>
    /// <param name="rules">Its text.</param>
    /// <exception cref="CliException">It exists, or cannot be written.</exception>
    public static void Write(string file, string rules)
    {
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
            Directory.CreateDirectory(Path.Combine(folder, "schema"));
            Create(file, rules);
            var schema = Path.Combine(folder, "schema", SchemaName);
            if (!File.Exists(schema))
            {
                Create(schema, ReadSchema());
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CliException(ExitCode.Failed, $"{file} cannot be written: {error.Message}");
        }
    }

    private static void Create(string path, string text)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        file.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string ReadSchema()
    {
        using var reader = new StreamReader(typeof(FirstFiles).Assembly.GetManifestResourceStream(SchemaName)!);
        return reader.ReadToEnd();
    }
}
