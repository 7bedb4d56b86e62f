using Strangler.Core.Rules;

namespace Strangler.Proxy.Plans;

/// <summary>The rules files of this edge: one file, or every <c>*.yaml</c> directly in a folder.</summary>
/// <param name="path">File or folder.</param>
public sealed class RulesSource(string path)
{
    /// <summary>File or folder.</summary>
    public string Path => path;

    /// <summary>Reads and parses the files as they are now. A file that cannot be read is a diagnostic too.</summary>
    public RulesResult Read()
    {
        try
        {
            var names = Directory.Exists(path) ? Directory.GetFiles(path, "*.yaml").Order(StringComparer.Ordinal) : (IEnumerable<string>)[path];
            return RulesParser.Parse([.. names.Select(name => new RulesFile(name, File.ReadAllText(name)))]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new RulesResult(null, [new RuleDiagnostic(path, 1, 1, "unreadable", error.Message, null)]);
        }
    }
}
