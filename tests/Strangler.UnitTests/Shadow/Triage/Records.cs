using Strangler.Core.Compare;
using Strangler.Core.Model;
using Strangler.Proxy.Shadow;
using Strangler.Proxy.Shadow.Triage;

namespace Strangler.UnitTests.Shadow.Triage;

/// <summary>Differences and groups to start from.</summary>
internal static class Records
{
    public static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static DifferenceRecord Of(
        string path = "$.a",
        int second = 0,
        Outcome outcome = Outcome.Different,
        string build = "",
        int size = 100,
        string? exchange = null,
        string request = "",
        DifferenceKind kind = DifferenceKind.Extra) => new(
            exchange ?? FormattableString.Invariant($"exchange-{path}-{second}"),
            Start.AddSeconds(second),
            "shop",
            "GET /things/{id}",
            "token",
            Plan: 1,
            LegacyStatus: 200,
            NewStatus: 200,
            new Settlement(outcome, SettlementReason.StillDifferent),
            new Difference(kind, path, path, ValueSummary.Missing, ValueSummary.Shown(SummaryType.Number, "2")))
        {
            Build = build,
            Size = size,
            RequestToken = request,
        };

    public static GroupRecord Group(params ReadOnlySpan<DifferenceRecord> records)
    {
        var group = GroupRecord.Of(records[0], "f");
        foreach (var record in records) group.Add(record);
        return group;
    }

    public static DifferenceGroups Groups(int limit, ManualTimeProvider? time = null, params IReadOnlyList<Judgement> judgements) =>
        new(new ShadowOptions { GroupLimit = limit }, new Judgements(() => judgements), time ?? new ManualTimeProvider(), isShared: true);

    public static Judgement Judgement(JudgedAs judged, int second, string build = "", DateOnly? expires = null, params string[] builds) => new(
        "f", "shop", judged, "qa", Start.AddSeconds(second), "seen", null, expires, build, builds);
}
