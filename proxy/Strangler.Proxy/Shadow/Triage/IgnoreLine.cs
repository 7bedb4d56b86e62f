using System.Globalization;
using System.Text;
using Strangler.Core.Compare;
using Strangler.Core.Model;

namespace Strangler.Proxy.Shadow.Triage;

/// <summary>The line of a rules file that makes the comparer pass over what a judgement ignores.</summary>
internal static class IgnoreLine
{
    private const string Header = "header.";

    /// <summary>The line; null for a place that no rule can name, such as the status.</summary>
    public static string? Of(GroupRecord group, Judgement judgement)
    {
        string place;
        if (group.Path.StartsWith(Header, StringComparison.Ordinal)) place = $"header: {Quoted(group.Path[Header.Length..])}";
        else if (JsonPath.TryParse(group.Path, out _, out _)) place = $"path: {Quoted(group.Path)}";
        else return null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"- {{ operation: {Quoted(group.Operation)}, {place}, ignore: [{group.Kind}], reason: {Quoted(judgement.Reason)}, assignee: {Quoted(judgement.Assignee ?? "")}, expires: {judgement.Expires:yyyy-MM-dd} }}");
    }

    // As YAML's double quotes want it.
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (char.IsControl(c)) quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
