using Strangler.Core.Model;
using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>The sections that stand once for all capabilities, but for <c>unit</c>.</summary>
internal static class GlobalSections
{
    public static LegacyRules? ReadLegacy(YamlNode node, RuleSetDraft draft, DiagnosticBag bag)
    {
        if (Section.Open(node, "'legacy'", bag) is not { } section) return null;
        var destinations = Addresses.ReadDestinations(section, "'legacy'", draft, bag);
        var capacity = bag.Plain(section.Optional("capacity"), "'capacity'", "a whole number of requests per second above 0", Scalars.PositiveInteger);
        var concurrency = LimitsSection.ReadConcurrency(section, bag);
        section.Close();
        return new LegacyRules(destinations, capacity) { Concurrency = concurrency };
    }

    public static AdapterRules? ReadAdapters(YamlNode node, RuleSetDraft draft, DiagnosticBag bag)
    {
        if (Section.Open(node, "'adapters'", bag) is not { } section) return null;
        var statusNode = section.Required("status", "status: http://127.0.0.1:5300");
        var status = bag.Address(statusNode, "'status'");
        section.Close();
        if (status is null) return null;
        draft.Addresses.Add((statusNode!, status, "'status' of 'adapters'"));
        return new AdapterRules(status);
    }

    /// <summary>The header by which a trusted caller says how long it will wait.</summary>
    public static TrustedHeader? ReadDeadline(YamlNode node, DiagnosticBag bag)
    {
        if (Section.Open(node, "'deadline'", bag) is not { } section) return null;
        var headerNode = section.Required("header", "header: X-Request-Timeout-Ms");
        var fromNode = section.Optional("from");
        section.Close();
        return headerNode is null ? null : HeaderSection.Read(section.Node, headerNode, fromNode, "'deadline'", bag);
    }

    /// <summary>Where the edge is found, for a check without one.</summary>
    public static IReadOnlyList<EdgeAddress>? ReadEdge(YamlNode node, DiagnosticBag bag)
    {
        if (Section.Open(node, "'edge'", bag) is not { } section) return null;
        var addresses = new List<EdgeAddress>();
        foreach (var item in section.RequiredList("urls", "urls: [\"http://0.0.0.0:8080\"]"))
        {
            if (bag.Text(item, "a url of 'edge'") is not { } text) continue;
            if (EdgeAddress.Parse(text) is { } address) addresses.Add(address);
            else bag.Add(item, RuleCodes.BadValue, $"a url of 'edge' '{text}' is no address on which an edge listens", "write scheme, host and port: http://0.0.0.0:8080");
        }

        section.Close();
        return addresses;
    }
}
