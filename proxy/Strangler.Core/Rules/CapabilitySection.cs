using System.Buffers;
using Strangler.Core.Compare;
using Strangler.Core.Model;
using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>Reads one capability.</summary>
internal static class CapabilitySection
{
    private const int MaxNameLength = 63;

    private static readonly SearchValues<char> NotInPath = SearchValues.Create("?#{}\\ ");

    private static readonly Dictionary<string, Authority> Authorities = new(StringComparer.Ordinal)
    {
        ["global"] = Authority.Global,
        ["per-unit"] = Authority.PerUnit,
    };

    public static CapabilityRules? Read(string name, YamlNode key, YamlNode node, RuleSetDraft draft, DiagnosticBag bag)
    {
        var before = bag.Errors;
        if (!IsName(name)) bag.Add(key, RuleCodes.BadValue, $"'{name}' is no capability name", $"use a-z, 0-9 and '-', 1 to {MaxNameLength} characters");
        if (Section.Open(node, $"capability '{name}'", bag) is not { } section) return null;

        var team = bag.Text(section.Optional("team"), "'team'");
        var authority = ReadAuthority(section, name, draft, bag, out var ownershipKey);
        var newSide = ReadNewSide(section, name, draft, bag);
        var operations = section.RequiredList("operations", "operations: [ { match: \"GET /api/products/{sku}\", semantics: safe } ]", RulesLimits.Operations)
            .Select(n => OperationSection.Read(n, name, draft, bag))
            .OfType<OperationRules>()
            .ToArray();
        var shadow = ShadowSection.Read(section, bag);
        var compare = section.OptionalList("compare", RulesLimits.CompareRules).Select(n => CompareSection.Read(n, operations, bag)).OfType<CompareRule>().ToArray();
        var gate = GateSection.Read(section, bag);
        var breaker = BreakerSection.Read(section, bag);
        var priority = LimitsSection.ReadPriority(section, bag);
        var bulkhead = LimitsSection.ReadBulkhead(section, bag);
        var fallback = FallbackSection.Read(section, bag);
        var deadline = bag.Parse(section.Optional("deadline"), "'deadline'", "a duration such as 500ms or 10s", Scalars.Duration);
        section.Close();
        return newSide is null || bag.Errors > before
            ? null
            : new CapabilityRules(name, team, authority, newSide, operations, shadow, compare)
            {
                Key = ownershipKey, Gate = gate, Breaker = breaker, Priority = priority, Bulkhead = bulkhead, Fallback = fallback, Deadline = deadline,
            };
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= MaxNameLength && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static Authority ReadAuthority(Section capability, string name, RuleSetDraft draft, DiagnosticBag bag, out string? key)
    {
        var node = capability.Optional("authority");
        var keyNode = capability.Optional("key");
        var authority = bag.Name(node, "'authority'", Authorities) ?? Authority.Global;
        key = bag.Text(keyNode, "'key'");
        if (key is not null && !IsColumn(key))
        {
            bag.Add(keyNode!, RuleCodes.BadValue, $"'key' '{key}' is no plain name of a column", $"use letters, digits and '_', 1 to {MaxNameLength} characters");
        }

        if (authority == Authority.PerUnit)
        {
            draft.PerUnit.Add((node!, name));
            if (keyNode is null) bag.Add(capability.Node, RuleCodes.MissingKey, $"capability '{name}' lacks 'key': per-unit needs the column that says whose a row is", "key: customer_id");
        }
        else if (keyNode is not null)
        {
            bag.Add(keyNode, RuleCodes.MissingKey, "'key' needs 'authority: per-unit'", "with authority: global data moves as a whole");
        }

        return authority;
    }

    private static bool IsColumn(string text) =>
        text.Length <= MaxNameLength && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static NewSideRules? ReadNewSide(Section capability, string name, RuleSetDraft draft, DiagnosticBag bag)
    {
        if (capability.Required("new", "new: { destinations: [\"http://127.0.0.1:5201\"] }") is not { } node) return null;
        if (Section.Open(node, $"'new' of '{name}'", bag) is not { } section) return null;
        var destinations = Addresses.ReadDestinations(section, $"'{name}'", draft, bag);
        var timeout = bag.Parse(section.Optional("timeout"), "'timeout'", "a duration such as 500ms or 10s", Scalars.Duration);
        var concurrency = LimitsSection.ReadConcurrency(section, bag);
        var health = ReadHealth(section, bag);
        section.Close();
        return new NewSideRules(destinations, timeout ?? NewSideRules.DefaultTimeout) { Concurrency = concurrency, Health = health };
    }

    private static string? ReadHealth(Section section, DiagnosticBag bag)
    {
        var node = section.Optional("health");
        if (bag.Text(node, "'health'") is not { } path) return null;
        if (path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && !path.AsSpan().ContainsAny(NotInPath)) return path;
        bag.Add(node!, RuleCodes.BadValue, $"'health' '{path}' is no path", "write the path alone: health: /livez");
        return null;
    }
}
