using Strangler.Core.Model;
using YamlDotNet.RepresentationModel;

namespace Strangler.Core.Rules;

/// <summary>Reads how much a side, a capability or a client may have.</summary>
internal static class LimitsSection
{
    private static readonly Dictionary<string, Priority> Priorities = new(StringComparer.Ordinal)
    {
        ["low"] = Priority.Low,
        ["normal"] = Priority.Normal,
        ["high"] = Priority.High,
    };

    public static Priority ReadPriority(Section capability, DiagnosticBag bag) =>
        bag.Name(capability.Optional("priority"), "'priority'", Priorities) ?? Priority.Normal;

    public static double ReadBulkhead(Section capability, DiagnosticBag bag) =>
        bag.Parse(capability.Optional("bulkhead"), "'bulkhead'", "a percentage from 1% to 100%", Bulkhead, Scalars.PercentHint) ?? ConcurrencyRules.DefaultBulkhead;

    public static ConcurrencyRules ReadConcurrency(Section side, DiagnosticBag bag) => new(
        ReadConcurrency(side, "min-concurrency", bag) ?? ConcurrencyRules.Default.Min, ReadConcurrency(side, "max-concurrency", bag) ?? ConcurrencyRules.Default.Max);

    public static RateLimitRules? ReadRateLimit(YamlNode node, DiagnosticBag bag)
    {
        if (Section.Open(node, "'rate-limit'", bag) is not { } section) return null;
        var rate = bag.Plain(
            section.Required("rate", "say how many requests per second one client may ask: rate: 20"), "'rate'",
            $"a whole number of requests per second from 1 to {ConcurrencyRules.Largest}", Whole);
        var burst = bag.Plain(section.Optional("burst"), "'burst'", $"a whole number of requests from 1 to {ConcurrencyRules.Largest}", Whole);
        section.Close();
        return rate is { } perSecond ? new RateLimitRules(perSecond, burst ?? perSecond * RateLimitRules.DefaultBurst) : null;
    }

    private static int? ReadConcurrency(Section side, string name, DiagnosticBag bag) =>
        bag.Plain(side.Optional(name), $"'{name}'", $"a whole number of requests at once from 1 to {ConcurrencyRules.Largest}", Whole);

    private static double? Bulkhead(string text) => Scalars.Percent(text) is { } value and >= 0.01 ? value : null;

    private static int? Whole(string text) => Scalars.PositiveInteger(text) is { } number and <= ConcurrencyRules.Largest ? number : null;
}
