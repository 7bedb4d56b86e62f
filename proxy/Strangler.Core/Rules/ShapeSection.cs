using Strangler.Core.Compare;
using Strangler.Core.Model;

namespace Strangler.Core.Rules;

/// <summary>Reads what shape a value must have: <c>shape</c>, and for instants <c>within</c> and <c>formats</c>.</summary>
internal static class ShapeSection
{
    private const string Instant = "instant";

    private static readonly Dictionary<string, ShapeKind> Shapes =
        Enum.GetValues<ShapeKind>().ToDictionary(KebabNames<ShapeKind>.Of, StringComparer.Ordinal);

    private static readonly Dictionary<string, InstantFormat> Formats =
        Enum.GetValues<InstantFormat>().ToDictionary(KebabNames<InstantFormat>.Of, StringComparer.Ordinal);

    public static ShapeRule? Read(Section section, DiagnosticBag bag)
    {
        var (shapeNode, withinNode) = (section.Optional("shape"), section.Optional("within"));
        var kind = bag.Name(shapeNode, "'shape'", Shapes);
        var within = bag.Parse(withinNode, "'within'", "a duration such as 500ms or 5s", Scalars.Duration);
        var formats = section.OptionalList("formats").Select(node => bag.Name(node, "a format", Formats)).OfType<InstantFormat>().ToArray();
        if (shapeNode is null || kind is not (null or ShapeKind.Instant))
        {
            if (withinNode is not null) bag.Add(section.Node, RuleCodes.MissingKey, $"'within' needs 'shape: {Instant}'");
            if (formats.Length > 0) bag.Add(section.Node, RuleCodes.MissingKey, $"'formats' needs 'shape: {Instant}'");
        }

        if (kind is not { } shape) return null;
        return formats.Length == 0 ? new ShapeRule(shape, within) : new ShapeRule(shape, within) { Formats = formats };
    }
}
