using Strangler.Core.Rules;

namespace Strangler.Cli.Verbs.Validate;

/// <summary>Reads rules files as an edge does: a file, or every <c>*.yaml</c> directly in a folder.</summary>
internal static class RulesOnDisk
{
    /// <summary>What is read when nothing is named.</summary>
    public const string DefaultPath = "routing-rules";

    private const string Pattern = "*.yaml";

    /// <summary>Reads the files.</summary>
    /// <param name="paths">Files and folders; none for <see cref="DefaultPath"/>.</param>
    /// <exception cref="CliException">There is no such file, or it cannot be read.</exception>
    public static IReadOnlyList<RulesFile> Read(IReadOnlyList<string> paths)
    {
        var named = paths.Count > 0 ? paths : [DefaultPath];
        // One more than there may be, so that the parser says so.
        return [.. named.SelectMany(FilesOf).Take(RulesLimits.Files + 1).Select(path => new RulesFile(path, ReadText(path)))];
    }

    private static IEnumerable<string> FilesOf(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        var files = Directory.GetFiles(path, Pattern).Order(StringComparer.Ordinal).ToArray();
        return files.Length > 0 ? files : throw new CliException(ExitCode.Usage, $"There is no {Pattern} in the folder {path}.");
    }

    private static string ReadText(string path)
    {
        try
        {
            // Never more than the parser takes.
            using var reader = new StreamReader(path);
            var text = new char[RulesLimits.FileLength + 1];
            return new string(text, 0, reader.ReadBlock(text));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CliException(ExitCode.Usage, $"There is no file or folder {path}. Name the rules files to check.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Failed, $"The file {path} cannot be read: {error.Message}");
        }
    }
}
