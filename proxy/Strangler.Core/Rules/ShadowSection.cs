using Strangler.Core.Model;

namespace Strangler.Core.Rules;

/// <summary>Reads how much of a capability's traffic is copied.</summary>
internal static class ShadowSection
{
    private const string SampleHint = "say which share of the safe requests is copied: sample: 25%";

    private static readonly Dictionary<string, ShadowWrites> WriteModes =
        new(StringComparer.Ordinal) { ["off"] = ShadowWrites.Off, ["dry-run"] = ShadowWrites.DryRun };

    public static ShadowRules Read(Section capability, DiagnosticBag bag)
    {
        if (capability.OptionalSection("shadow") is not { } section) return ShadowRules.Off;
        var sample = bag.Percent(section.Required("sample", SampleHint), "'sample'");
        var controlNode = section.Optional("control");
        var control = bag.Percent(controlNode, "'control'");
        var floor = bag.Plain(section.Optional("floor"), "'floor'", "a whole number of requests per hour from 0 to 1000", FloorOf);
        var rate = bag.Plain(section.Optional("max-rate"), "'max-rate'", "a whole number of copies per second from 1 to 100000", RateOf);
        var buildNode = section.Optional("build");
        var build = bag.Text(buildNode, "'build'");
        if (build is not null && !HeaderSection.IsToken(build))
        {
            bag.Add(buildNode!, RuleCodes.BadValue, $"'build' '{build}' is no name of a header", "name the response header in which a side states its build: build: X-Service-Version");
            build = null;
        }

        var cookieNode = section.Optional("cookie");
        var cookie = bag.Text(cookieNode, "'cookie'");
        if (cookie is not null && !HeaderSection.IsToken(cookie))
        {
            bag.Add(cookieNode!, RuleCodes.BadValue, $"'cookie' '{cookie}' is no name of a cookie", "use letters, digits, '-', '_' and '.'");
            cookie = null;
        }

        var writes = bag.Name(section.Optional("writes"), "'writes'", WriteModes);
        section.Close();
        if (control > 0 && sample == 0)
        {
            bag.Warn(controlNode!, RuleCodes.Conflict, "'control' does nothing while 'sample' is 0%: legacy is asked again only about what was copied");
        }

        return new ShadowRules(sample ?? 0)
        {
            Control = control ?? 0,
            Floor = floor ?? ShadowRules.DefaultFloor,
            MaxRate = rate ?? ShadowRules.DefaultMaxRate,
            Writes = writes ?? ShadowWrites.Off,
            Build = build,
            Cookie = cookie,
        };
    }

    private static int? FloorOf(string text) => text == "0" ? 0 : Scalars.PositiveInteger(text) is <= 1000 and var number ? number : null;

    private static int? RateOf(string text) => Scalars.PositiveInteger(text) is <= 100_000 and var number ? number : null;
}
