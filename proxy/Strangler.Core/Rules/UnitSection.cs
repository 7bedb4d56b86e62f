using Strangler.Core.Model;
using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>Reads how the unit of a request is found.</summary>
internal static class UnitSection
{
    private static readonly Dictionary<string, bool> VisitorModes = new(StringComparer.Ordinal) { ["mint"] = true, ["off"] = false };

    public static UnitRules? Read(YamlNode node, DiagnosticBag bag)
    {
        if (Section.Open(node, "'unit'", bag) is not { } section) return null;
        var account = ReadAccount(section, bag);
        var groupsNode = section.Optional("groups");
        var groups = groupsNode is null ? null : ReadGroups(groupsNode, bag);
        var cookie = ReadSession(section, bag);
        var mints = bag.Name(section.Optional("visitor"), "'visitor'", VisitorModes) ?? false;
        section.Close();
        if (groups is not null && account?.Header is { } header && string.Equals(groups.Name, header.Name, StringComparison.OrdinalIgnoreCase))
        {
            bag.Add(groupsNode!, RuleCodes.Duplicate, $"'account' and 'groups' are read from the same header '{groups.Name}'");
        }

        return new UnitRules(cookie) { Account = account, Groups = groups, MintsVisitor = mints };
    }

    private static AccountRules? ReadAccount(Section unit, DiagnosticBag bag)
    {
        if (unit.OptionalSection("account") is not { } section) return null;
        var claimNode = section.Optional("claim");
        var claim = bag.Text(claimNode, "'claim'");
        var headerNode = section.Optional("header");
        var fromNode = section.Optional("from");
        section.Close();
        if (headerNode is not null)
        {
            if (claimNode is not null) bag.Add(section.Node, RuleCodes.Conflict, "'account' has both 'claim' and 'header'", "keep one: an account that is known in two ways can be two");
            return HeaderSection.Read(section.Node, headerNode, fromNode, "'account'", bag) is { } header ? new AccountRules(Claim: null, header) : null;
        }

        if (fromNode is not null) bag.Add(fromNode, RuleCodes.MissingKey, "'from' of 'account' needs 'header'");
        else if (claimNode is null) bag.Add(section.Node, RuleCodes.MissingKey, "'account' lacks 'claim' or 'header'", "claim: sub, or header: X-Customer-Id with from: [10.0.0.5]");
        return claim is null ? null : new AccountRules(claim, Header: null);
    }

    private static TrustedHeader? ReadGroups(YamlNode node, DiagnosticBag bag)
    {
        if (Section.Open(node, "'groups' of 'unit'", bag) is not { } section) return null;
        var headerNode = section.Required("header", "header: X-Customer-Groups");
        var fromNode = section.Optional("from");
        section.Close();
        return headerNode is null ? null : HeaderSection.Read(section.Node, headerNode, fromNode, "'groups'", bag);
    }

    private static string? ReadSession(Section unit, DiagnosticBag bag)
    {
        if (unit.OptionalSection("session") is not { } section) return null;
        var node = section.Required("cookie", "name the session cookie of the monolith");
        var cookie = bag.Text(node, "'cookie'");
        section.Close();
        if (cookie is null || HeaderSection.IsToken(cookie)) return cookie;
        bag.Add(node!, RuleCodes.BadValue, $"'cookie' '{cookie}' is no name of a cookie", "use letters, digits, '-', '_' and '.'");
        return null;
    }
}
