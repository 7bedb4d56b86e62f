using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>Collects what is wrong with one file, so that everything is reported in one pass.</summary>
internal sealed class DiagnosticBag(string file)
{
    private readonly List<RuleDiagnostic> _items = [];

    public IReadOnlyList<RuleDiagnostic> Items => _items;

    public void Add(YamlNode node, string code, string message, string? hint = null) =>
        Add((int)node.Start.Line, (int)node.Start.Column, code, message, hint);

    public void Add(int line, int column, string code, string message, string? hint = null) =>
        _items.Add(new RuleDiagnostic(file, Math.Max(line, 1), Math.Max(column, 1), code, message, hint));
}
