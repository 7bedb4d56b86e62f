using System.Globalization;
using System.Text;
using Strangler.Cli.Output;
using Strangler.Core.Admin;
using Strangler.Core.Redaction;

namespace Strangler.Cli.Verbs.Diffs.Exports;

/// <summary>
/// Groups as a C# test class for xunit.v3 that stands by itself: each test asks both sides and expects what the kind of its difference means.
/// It holds methods, patterns and paths; what to ask with comes from the environment of whoever runs it.
/// </summary>
internal static class XunitExport
{
    private static readonly Lazy<string> Helper = new(ReadHelper);

    /// <summary>The class.</summary>
    /// <param name="groups">The groups; notes and what was judged are left out.</param>
    public static string Write(IReadOnlyList<DifferenceGroup> groups)
    {
        var tested = groups.Where(group => group.Severity is not "note" && group.State is not "ignored").ToList();
        var names = tested.Select(group => group.Capability).Distinct(StringComparer.Ordinal).ToList();
        var name = names is [var one] ? Pascal(one) + "Differences" : "Differences";
        var tests = string.Join("\n", tested.Select(Test));
        return Helper.Value.Replace("TheDifferences", name, StringComparison.Ordinal).Replace("    // tests\n", tests, StringComparison.Ordinal);
    }

    private static string Test(DifferenceGroup group)
    {
        var space = group.Operation.IndexOf(' ', StringComparison.Ordinal);
        var (method, pattern) = (group.Operation[..space], group.Operation[(space + 1)..]);
        var summary = $"{group.Kind} at {group.Path} of {group.Operation}: {group.Cause ?? "no common cause found"}. {GroupWords.Extent(group)}.";
        var name = string.Create(CultureInfo.InvariantCulture, $"{Pascal(group.Operation)}_{Pascal(group.Path)}_{Pascal(group.Kind)}_{Pascal(GroupWords.Short(group))}");
        return $"    // {Words.Safe(summary)}\n    [Fact]\n    public Task {name}() =>\n        BothSidesAgreeAsync({Literal(method)}, {Literal(pattern)}, {Literal(group.NewPath ?? pattern)}, {Literal(PersonalData.Widen(group.Path))}, {Literal(group.Kind)});\n";
    }

    private static string Pascal(string text)
    {
        var name = new StringBuilder();
        var starts = true;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                starts = true;
                continue;
            }

            name.Append(starts ? char.ToUpperInvariant(c) : c);
            starts = false;
        }

        if (name.Length == 0) return "Whole";
        return char.IsAsciiDigit(name[0]) ? $"N{name}" : name.ToString();
    }

    private static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\') literal.Append('\\').Append(c);
            else if (c is < ' ' or > '~') literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else literal.Append(c);
        }

        return literal.Append('"').ToString();
    }

    private static string ReadHelper()
    {
        using var stream = typeof(XunitExport).Assembly.GetManifestResourceStream("TheDifferences.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
