using Strangler.Core.Rules;

namespace Strangler.Proxy.Plans;

/// <summary>The rules files of this edge: one file, or every <c>*.yaml</c> directly in a folder.</summary>
/// <param name="path">File or folder.</param>
public sealed class RulesSource(string path)
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
            return [.. names.Select(name => new RulesFile(name, File.ReadAllText(name)))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidRulesException([new RuleDiagnostic(path, 1, 1, "unreadable", error.Message, null)]);
        }
    }
}
