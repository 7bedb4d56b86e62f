using Strangler.Core.Model;
using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>Reads rules files and says everything that is wrong with them in one pass.</summary>
public static class RulesParser
{
    /// <summary>The value of <c>apiVersion</c>.</summary>
    public const string ApiVersion = "strangler/v1";

    internal const string VersionKey = "apiVersion";
    internal const string EnvironmentKey = "environment";

    private const string NoFile = "rules";

    /// <summary>Reads the files as one rule set: exactly one of them has <c>legacy</c>, each can have capabilities.</summary>
    /// <param name="files">The files, in an order that does not depend on the machine.</param>
    /// <param name="options">What they are read for; null for <see cref="RulesOptions.None"/>.</param>
    public static RulesResult Parse(IReadOnlyList<RulesFile> files, RulesOptions? options = null)
    {
        options ??= RulesOptions.None;
        var source = new SourceMap();
        var bag = new DiagnosticBag(source);
        var documents = Load(files, source, bag);
        var environments = documents.Select(d => d.Environment).OfType<string>().Where(FileHead.IsEnvironment).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var first = files.Count > 0 ? files[0].Name : NoFile;
        if (options.Environment is { } environment && !environments.Contains(environment))
        {
            bag.Add(first, 1, 1, RuleCodes.UnknownEnvironment, $"no file is for the environment '{environment}'",
                Nearest.Hint(environment, environments) ?? $"start an overlay with '{EnvironmentKey}: {environment}'");
        }

        var bases = documents.Where(d => d.Environment is null).Select(d => d.Root).ToList();
        if (bases.Count > 0)
        {
            var overlays = new Overlays(source, bag);
            foreach (var overlay in documents.Where(d => d.Environment is not null && d.Environment == options.Environment)) overlays.Apply(bases, overlay.Root);
        }

        var draft = new RuleSetDraft();
        foreach (var root in bases) ReadFile(root, draft, bag);
        CheckTheWhole(draft, options, first, bag);
        return new RulesResult(bag.Errors == 0 ? draft.ToRuleSet() : null, bag.Sorted(files.Select(f => f.Name))) { Environments = environments };
    }

    private static List<RulesDocument> Load(IReadOnlyList<RulesFile> files, SourceMap source, DiagnosticBag bag)
    {
        var documents = new List<RulesDocument>();
        var total = 0L;
        foreach (var file in files.Take(RulesLimits.Files))
        {
            total += file.Text.Length;
            if (total > RulesLimits.TotalLength)
            {
                bag.Add(file.Name, 1, 1, RuleCodes.TooLarge, $"all files together have more than {RulesLimits.TotalLength:N0} characters");
                break;
            }

            if (YamlLoader.Load(file, source, bag) is { } root && FileHead.Read(root, bag) is { } document) documents.Add(document);
        }

        if (files.Count > RulesLimits.Files)
        {
            bag.Add(files[RulesLimits.Files].Name, 1, 1, RuleCodes.TooMany, $"there are {files.Count:N0} files, limit {RulesLimits.Files}");
        }

        return documents;
    }

    private static void ReadFile(YamlNode root, RuleSetDraft draft, DiagnosticBag bag)
    {
        var section = Section.Open(root, "a rules file", bag)!;
        section.Optional(VersionKey);
        section.Optional(EnvironmentKey);
        draft.Edge = ReadOnce(section, "edge", draft.Edge, node => GlobalSections.ReadEdge(node, bag), bag);
        draft.Legacy = ReadOnce(section, "legacy", draft.Legacy, node => GlobalSections.ReadLegacy(node, draft, bag), bag);
        draft.Unit = ReadOnce(section, "unit", draft.Unit, node => UnitSection.Read(node, bag), bag);
        draft.Adapters = ReadOnce(section, "adapters", draft.Adapters, node => GlobalSections.ReadAdapters(node, draft, bag), bag);
        draft.RateLimit = ReadOnce(section, "rate-limit", draft.RateLimit, node => LimitsSection.ReadRateLimit(node, bag), bag);
        draft.Deadline = ReadOnce(section, "deadline", draft.Deadline, node => ReadDeadline(node, draft, bag), bag);
        if (section.OptionalSection("capabilities") is { } capabilities) ReadCapabilities(capabilities, draft, bag);
        section.Close();
    }

    private static TrustedHeader? ReadDeadline(YamlNode node, RuleSetDraft draft, DiagnosticBag bag)
    {
        draft.DeadlineNode = node;
        return GlobalSections.ReadDeadline(node, bag);
    }

    private static T? ReadOnce<T>(Section section, string key, T? present, Func<YamlNode, T?> read, DiagnosticBag bag)
        where T : class
    {
        if (section.Optional(key) is not { } node) return present;
        if (present is null) return read(node);
        bag.Add(node, RuleCodes.Duplicate, $"'{key}' stands in another file already");
        return present;
    }

    private static void ReadCapabilities(Section capabilities, RuleSetDraft draft, DiagnosticBag bag)
    {
        foreach (var (name, key, value) in capabilities.TakeAll())
        {
            if (draft.Names.Count == RulesLimits.Capabilities)
            {
                bag.Add(key, RuleCodes.TooMany, $"there are more than {RulesLimits.Capabilities} capabilities");
                return;
            }

            if (!draft.Names.Add(name)) bag.Add(key, RuleCodes.Duplicate, $"capability '{name}' stands twice");
            if (CapabilitySection.Read(name, key, value, draft, bag) is { } capability) draft.Capabilities.Add(capability);
        }
    }

    private static void CheckTheWhole(RuleSetDraft draft, RulesOptions options, string first, DiagnosticBag bag)
    {
        LoopCheck.Check(draft, options, bag);
        if (draft.Claims.Count <= RulesLimits.Operations) PatternChecks.Check(draft, bag);
        else bag.Add(draft.Claims[RulesLimits.Operations].Node, RuleCodes.TooMany, $"there are {draft.Claims.Count:N0} operations, limit {RulesLimits.Operations:N0}");

        if (draft.Unit is not { SessionCookie: not null } and not { Account: not null })
        {
            foreach (var (node, capability) in draft.PerUnit)
            {
                bag.Add(node, RuleCodes.MissingUnit, $"'{capability}' is owned per unit, but nothing says whose a request is", "add unit: { account: ... } or unit: { session: ... }");
            }
        }

        if (draft.Deadline is { } deadline && new[] { draft.Unit?.Account?.Header, draft.Unit?.Groups }.Any(h => deadline.Name.Equals(h?.Name, StringComparison.OrdinalIgnoreCase)))
        {
            bag.Add(draft.DeadlineNode!, RuleCodes.Duplicate, $"'deadline' and 'unit' are read from the same header '{deadline.Name}'");
        }

        foreach (var (node, capability) in draft.Affected.Where(a => !draft.Names.Contains(a.Capability)))
        {
            bag.Add(node, RuleCodes.BadValue, $"'affects' names '{capability}', which is no capability", Nearest.Hint(capability, [.. draft.Names.Order(StringComparer.Ordinal)]));
        }

        // Said only when nothing else is: a file that could not be read may well have it.
        if (bag.Errors == 0 && draft.Legacy is null)
        {
            bag.Add(first, 1, 1, RuleCodes.MissingLegacy, "no file has a 'legacy' section", "legacy: { destinations: [\"http://127.0.0.1:5100\"] }");
        }
    }
}
