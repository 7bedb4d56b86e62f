using Strangler.Core.Admin;

namespace Strangler.UnitTests.Cli;

/// <summary>Answers of an edge that tests start from.</summary>
internal static class Samples
{
    public static CapabilityStatus Catalog { get; } = new(
        "catalog",
        "storefront",
        "read-canary",
        10,
        Killed: false,
        new SidesStatus(new SideStatus(12_345, 0, 8.14), new SideStatus(1_371, 2, 2.04)),
        Fallbacks: 3,
        new ShadowStatus(
            1_234,
            1_230,
            4,
            1,
            0,
            new Dictionary<string, long>(StringComparer.Ordinal) { ["queue-full"] = 2 },
            1_230 / 1_234d,
            1,
            300),
        0.08,
        new LastChange(CliRun.Now.AddSeconds(-130), "admin", "first ten percent", "promote"));

    public static CapabilityStatus Recommendations { get; } = new(
        "recommendations",
        "",
        "shadow",
        0,
        Killed: true,
        new SidesStatus(new SideStatus(9_999_999, 0, 1_208.4), new SideStatus(0, 0)),
        Fallbacks: 0,
        new ShadowStatus(0, 0, 0, 0, 0, new Dictionary<string, long>(StringComparer.Ordinal)));

    public static CapabilitiesAnswer State(params CapabilityStatus[] capabilities) => new(
        12,
        new EdgeInfo("0.1.0", DecisionHeader: true, "routing-rules/strangler.yaml", CliRun.Now.AddMinutes(-6)),
        capabilities);

    public static EdgesAnswer Edges { get; } = new(
        "postgres",
        12,
        2,
        9,
        37,
        [
            new EdgeReport("a", 12, 12, 0, null, [], 0.4),
            new EdgeReport("b", 12, 9, 37, null, ["catalog"], 1),
            new EdgeReport("c", 11, 11, 0, "the rules have 1 error", [], 5),
        ]);

    public static ChangeAnswer Change(long plan, params string[] changes) => new(plan, 0, Catalog, changes);

    public static DifferenceGroup Group(string path, string kind, string? legacy, string? current) => new(
        "a1b2c3d4e5f60718293a4b5c6d7e8f90",
        "catalog",
        "GET /api/products/{sku}",
        kind,
        path,
        1_234,
        0,
        0,
        CliRun.Now.AddMinutes(-10),
        CliRun.Now.AddSeconds(-3),
        new DifferenceSample("1", CliRun.Now, "GET", "/api/products/SKU-00017", 200, 200, legacy, current, 12));
}
