using Strangler.Core.Model;
using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>Reads one capability.</summary>
internal static class CapabilitySection
{
    private const int MaxNameLength = 63;

    private static readonly Dictionary<string, Authority> Authorities = new(StringComparer.Ordinal)
    {
        ["global"] = Authority.Global,
        ["per-unit"] = Authority.PerUnit,
    };

    private static readonly Dictionary<string, bool> WriteModes = new(StringComparer.Ordinal) { ["off"] = false };

    public static CapabilityRules? Read(string name, YamlNode key, YamlNode node, RuleSetDraft draft, DiagnosticBag bag)
    {
        var isName = name.Length is > 0 and <= MaxNameLength && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
        if (!isName) bag.Add(key, "bad-value", $"'{name}' is no capability name", $"use a-z, 0-9 and '-', 1 to {MaxNameLength} characters");
        if (Section.Open(node, $"capability '{name}'", bag) is not { } section) return null;

        var team = bag.Text(section.Optional("team"), "'team'");
        var authority = bag.Name(section.Optional("authority"), "'authority'", Authorities) ?? Authority.Global;
        var newSide = ReadNewSide(section, name, bag);
        var operations = section.RequiredList("operations", "operations: [ { match: \"GET /api/products/{sku}\", semantics: safe } ]")
            .Select(n => OperationSection.Read(n, name, draft, bag))
            .OfType<OperationRules>()
            .ToArray();
        var shadow = ReadShadow(section, bag);
        var compare = section.OptionalList("compare").Select(n => CompareSection.Read(n, operations, bag)).OfType<Compare.CompareRule>().ToArray();
        section.NotYet("gate", "remove it: this version shows the match rate and leaves the judgement to you");
        section.Close();
        return newSide is null ? null : new CapabilityRules(name, team, authority, newSide, operations, shadow, compare);
    }

    private static NewSideRules? ReadNewSide(Section capability, string name, DiagnosticBag bag)
    {
        if (capability.Required("new", "new: { destinations: [\"http://127.0.0.1:5201\"] }") is not { } node) return null;
        if (Section.Open(node, $"'new' of '{name}'", bag) is not { } section) return null;
        var destinations = GlobalSections.ReadDestinations(section, $"'{name}'", bag);
        var timeout = bag.Parse(section.Optional("timeout"), "'timeout'", "a duration such as 500ms or 10s", Scalars.Duration);
        section.Close();
        return new NewSideRules(destinations, timeout ?? NewSideRules.DefaultTimeout);
    }

    private static ShadowRules ReadShadow(Section capability, DiagnosticBag bag)
    {
        if (capability.OptionalSection("shadow") is not { } section) return ShadowRules.Off;
        var sample = bag.Parse(
            section.Required("sample", "say which share of the safe requests is copied: sample: 25%"), "'sample'", "a percentage from 0% to 100%", Scalars.Percent);
        bag.Name(section.Optional("writes"), "'writes'", WriteModes);
        section.NotYet("control", "remove it: this version does not ask legacy twice");
        section.Close();
        return new ShadowRules(sample ?? 0);
    }
}
