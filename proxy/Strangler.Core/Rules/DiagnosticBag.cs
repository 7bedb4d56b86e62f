using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>Collects what is wrong with all the files, so that everything is reported in one pass.</summary>
/// <param name="source">Where the nodes came from.</param>
internal sealed class DiagnosticBag(SourceMap source)
{
    private const string Ellipsis = "…";

    private readonly List<RuleDiagnostic> _items = [];

    /// <summary>Errors so far, those above the limit included.</summary>
    public int Errors { get; private set; }

    public void Add(YamlNode node, string code, string message, string? hint = null) =>
        Add(source.FileOf(node), node.Start.Line, node.Start.Column, code, message, hint);

    public void Add(string file, long line, long column, string code, string message, string? hint = null)
    {
        Errors++;
        Keep(new RuleDiagnostic(file, Position(line), Position(column), code, Clip(message), hint));
    }

    public void Warn(YamlNode node, string code, string message, string? hint = null) =>
        Keep(new RuleDiagnostic(source.FileOf(node), Position(node.Start.Line), Position(node.Start.Column), code, Clip(message), hint)
        {
            Severity = RuleSeverity.Warning,
        });

    /// <summary>Everything in the order of files, lines and columns.</summary>
    /// <param name="files">The names of the files in order.</param>
    public IReadOnlyList<RuleDiagnostic> Sorted(IEnumerable<string> files)
    {
        var order = files.Distinct(StringComparer.Ordinal).Select((file, index) => (file, index)).ToDictionary(x => x.file, x => x.index, StringComparer.Ordinal);
        List<RuleDiagnostic> sorted = [.. _items.OrderBy(d => order.GetValueOrDefault(d.File)).ThenBy(d => d.Line).ThenBy(d => d.Column)];
        if (sorted.Count <= RulesLimits.Diagnostics) return sorted;
        var last = sorted[RulesLimits.Diagnostics];
        sorted.RemoveRange(RulesLimits.Diagnostics, sorted.Count - RulesLimits.Diagnostics);
        sorted.Add(new RuleDiagnostic(last.File, last.Line, last.Column, RuleCodes.TooMany, $"more findings than {RulesLimits.Diagnostics}; the rest is not listed", null)
        {
            Severity = Errors > 0 ? RuleSeverity.Error : RuleSeverity.Warning,
        });
        return sorted;
    }

    // Errors are kept first: a wall of warnings must not hide the one error that keeps the rules from being used.
    private void Keep(RuleDiagnostic item)
    {
        if (_items.Count <= RulesLimits.Diagnostics)
        {
            _items.Add(item);
        }
        else if (item.Severity == RuleSeverity.Error && _items.FindLastIndex(i => i.Severity == RuleSeverity.Warning) is var warning and >= 0)
        {
            _items[warning] = item;
        }
    }

    private static int Position(long value) => (int)Math.Clamp(value, 1, int.MaxValue);

    private static string Clip(string message) =>
        message.Length <= RulesLimits.Text ? message : string.Concat(message.AsSpan(0, RulesLimits.Text - 1), Ellipsis);
}
