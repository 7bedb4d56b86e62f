using System.Globalization;
using System.Text;
using Strangler.Core.Compare;
using Strangler.Core.Model;
using Strangler.Core.Redaction;

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
        else if (JsonPath.TryParse(PersonalData.Widen(group.Path), out var path, out _)) place = $"path: {Quoted(path.Text)}";
        else return null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"- {{ operation: {Quoted(group.Operation)}, {place}, ignore: [{group.Kind}], reason: {Quoted(judgement.Reason)}, assignee: {Quoted(judgement.Assignee ?? "")}, expires: {judgement.Expires:yyyy-MM-dd} }}");
    }

    // As YAML's double quotes want it; the rules take no control characters and no blanks at the ends.
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text.Trim())
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else quoted.Append(char.IsControl(c) ? ' ' : c);
        }

        return quoted.Append('"').ToString();
    }
}
