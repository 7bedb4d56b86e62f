using Strangler.Core.Rules;

namespace Strangler.Proxy.Plans;

/// <summary>The rules files of this edge: one file, or every <c>*.yaml</c> directly in a folder.</summary>
/// <param name="path">File or folder.</param>
/// <param name="options">What they are read for; null for nothing in particular.</param>
public sealed class RulesSource(string path, RulesOptions? options = null)
{
    /// <summary>File or folder.</summary>
    public string Path => path;

    /// <summary>Reads the files as they are now.</summary>
    /// <exception cref="InvalidRulesException">A file cannot be read.</exception>
    public IReadOnlyList<RulesFile> Read()
    {
        try
        {
            var names = Directory.Exists(path) ? Directory.GetFiles(path, "*.yaml").Order(StringComparer.Ordinal) : (IEnumerable<string>)[path];
            // One more than there may be, so that the parser says so.
            return [.. names.Take(RulesLimits.Files + 1).Select(name => new RulesFile(name, ReadText(name)))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRulesException([new RuleDiagnostic(path, 1, 1, RuleCodes.Unreadable, error.Message, null)]);
        }
    }

    /// <summary>Parses files, whichever edge has read them, for this edge.</summary>
    /// <param name="files">The files.</param>
    public RulesResult Parse(IReadOnlyList<RulesFile> files) => RulesParser.Parse(files, options);

    // Never more than the parser takes: the name may lead to anything, and this is a running edge.
    private static string ReadText(string name)
    {
        using var reader = new StreamReader(name);
        var text = new char[RulesLimits.FileLength + 1];
        return new string(text, 0, reader.ReadBlock(text));
    }
}
