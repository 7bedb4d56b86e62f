using Strangler.Core.Model;
using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>The sections that stand once for all capabilities.</summary>
internal static class GlobalSections
{
    public static LegacyRules? ReadLegacy(YamlNode node, DiagnosticBag bag)
    {
        if (Section.Open(node, "'legacy'", bag) is not { } section) return null;
        var destinations = ReadDestinations(section, "'legacy'", bag);
        var capacity = bag.Parse(section.Optional("capacity"), "'capacity'", "a whole number of requests per second above 0", Scalars.PositiveInteger);
        section.Close();
        return new LegacyRules(destinations, capacity);
    }

    public static UnitRules? ReadUnit(YamlNode node, DiagnosticBag bag)
    {
        if (Section.Open(node, "'unit'", bag) is not { } section) return null;
        string? cookie = null;
        if (section.OptionalSection("session") is { } session)
        {
            cookie = bag.Text(session.Required("cookie", "name the session cookie of the monolith"), "'cookie'");
            session.Close();
        }

        section.NotYet("account", "remove it: this version knows a unit by the monolith's session");
        section.NotYet("visitor", "remove it: a client without a session stays on legacy until the share is 100 %");
        section.Close();
        return new UnitRules(cookie);
    }

    public static AdapterRules? ReadAdapters(YamlNode node, DiagnosticBag bag)
    {
        if (Section.Open(node, "'adapters'", bag) is not { } section) return null;
        var status = bag.Address(section.Required("status", "status: http://127.0.0.1:5300"), "'status'");
        section.Close();
        return status is null ? null : new AdapterRules(status);
    }

    public static IReadOnlyList<Uri> ReadDestinations(Section section, string what, DiagnosticBag bag)
    {
        var destinations = new List<Uri>();
        foreach (var node in section.RequiredList("destinations", "destinations: [\"http://127.0.0.1:5100\"]"))
        {
            if (bag.Address(node, $"a destination of {what}") is not { } address) continue;
            if (destinations.Contains(address)) bag.Add(node, "duplicate", $"{address.AbsoluteUri} stands twice in the destinations of {what}");
            else destinations.Add(address);
        }

        return destinations;
    }
}
