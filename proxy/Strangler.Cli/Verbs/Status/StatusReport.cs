using System.Text.Json.Nodes;
using Spectre.Console;
using Spectre.Console.Rendering;
using Strangler.Cli.Output;
using Strangler.Core.Admin;

namespace Strangler.Cli.Verbs.Status;

/// <summary>What <c>status</c> shows.</summary>
internal static class StatusReport
{
    private const double Whole = 1;

    /// <summary>The answer for programs.</summary>
    /// <param name="view">What the edge said.</param>
    public static JsonObject Document(StatusView view)
    {
        var document = JsonOutput.From(view.Answer, AdminJson.Default.CapabilitiesAnswer);
        document["store"] = view.Store is { } store ? JsonOutput.From(store, AdminJson.Default.EdgesAnswer) : null;
        return document;
    }

    /// <summary>What makes sense next, a line for each capability.</summary>
    /// <param name="view">What the edge said.</param>
    public static IReadOnlyList<string> NextSteps(StatusView view) =>
        [.. view.Answer.Capabilities.Select(Verbs.NextSteps.For)];

    /// <summary>The answer for people.</summary>
    /// <param name="view">What the edge said.</param>
    /// <param name="now">The present time.</param>
    public static IRenderable Picture(StatusView view, DateTimeOffset now)
    {
        var answer = view.Answer;
        var table = Tables.WithColumns("CAPABILITY", ">SHARE", "MATCH RATE", ">LAG", "SIDE", ">REQUESTS", ">P95");
        foreach (var capability in answer.Capabilities)
        {
            AddRows(table, capability);
        }

        return new Rows(
        [
            Headline(answer, now),
            .. StoreLines(view, now),
            Text.Empty,
            table,
            Text.Empty,
            Tables.Facts(answer.Capabilities.SelectMany(capability => Notes(capability, now))),
        ]);
    }

    private static Text Headline(CapabilitiesAnswer answer, DateTimeOffset now)
    {
        var age = Words.Seconds(Math.Max(0, (now - answer.Edge.StartedAt).TotalSeconds));
        return new Text(
            Words.Safe($"plan {answer.Plan}, edge {answer.Edge.Version}, up {age}, rules {answer.Edge.Rules}"),
            Tables.Quiet);
    }

    // What edges have applied, and what one has to know about those that have not.
    private static IEnumerable<IRenderable> StoreLines(StatusView view, DateTimeOffset now)
    {
        if (view.Store is not { } store)
        {
            if (view.StoreTrouble is { } trouble)
            {
                yield return new Text(Words.Safe($"STALE: the control store cannot be asked: {trouble}"), Color.Red);
            }

            yield break;
        }

        var applied = store.Edges.Count == 0 ? "" : $", plan {store.Plan} applied by {store.Applied} of {store.Edges.Count}";
        var older = store.OnOlderPlans == 0 ? "" : $", oldest plan {store.OldestPlan}, {Words.Count(store.OnOlderPlans)} requests still on older ones";
        var isBehind = store.Applied < store.Edges.Count;
        yield return new Text(Words.Safe($"store {store.Store}{applied}{older}"), isBehind ? Color.Yellow : Tables.Quiet);
        foreach (var line in HealthLines(store.Health, now))
        {
            yield return line;
        }

        foreach (var edge in store.Edges.Where(edge => edge.Edge != store.Health?.Edge))
        {
            if (edge.Plan < store.Plan)
            {
                yield return new Text(Words.Safe($"edge {edge.Edge} is at plan {edge.Plan}, said {Words.Seconds(edge.AgeSeconds)} ago{(edge.Refused is null ? "" : $", refuses: {edge.Refused}")}"), Color.Yellow);
            }

            foreach (var breaker in edge.Breakers.Where(breaker => breaker.Sentence is not null))
            {
                yield return new Text(Words.Safe($"edge {edge.Edge}, {breaker.Capability}: {breaker.Sentence}"), Color.Red);
            }

            if (edge.Overrides.Count > 0)
            {
                yield return new Text(Words.Safe($"edge {edge.Edge} holds on legacy by a local override: {string.Join(", ", edge.Overrides)}"), Color.Red);
            }
        }
    }

    private static IEnumerable<IRenderable> HealthLines(EdgeHealth? health, DateTimeOffset now)
    {
        if (health?.StaleSince is { } since)
        {
            yield return new Text(Words.Safe($"STALE, the store was last read {Words.Ago(since, now)}: the last good plan stays in force; {health.Error}"), Color.Red);
        }

        if (health?.Refused is { } refused)
        {
            yield return new Text(Words.Safe($"this edge refuses a newer plan: {refused}"), Color.Red);
        }

        if (health is { Overrides.Count: > 0 })
        {
            yield return new Text(Words.Safe($"this edge holds on legacy by a local override: {string.Join(", ", health.Overrides)}"), Color.Red);
        }
    }

    private static void AddRows(Table table, CapabilityStatus capability)
    {
        var (legacy, current) = (capability.Sides.Legacy, capability.Sides.New);
        var stage = StageWords.Lines(capability);
        table.AddRow(
            new Text(Words.Safe(capability.Name)),
            new Text(Words.Percent(capability.Share)),
            Match(capability.Shadow.MatchRate, $"of {Words.Count(capability.Shadow.Compared)}"),
            new Text(Words.Seconds(capability.LagSeconds)),
            new Text("legacy"),
            new Text(Words.Count(legacy.Requests)),
            new Text(Words.Milliseconds(legacy.P95Ms)));
        table.AddRow(
            stage[0],
            Text.Empty,
            Match(capability.Shadow.RecentMatchRate, $"of last {Words.Count(capability.Shadow.RecentCompared)}"),
            Text.Empty,
            new Text("new", Color.Blue),
            new Text(Words.Count(current.Requests)),
            new Text(Words.Milliseconds(current.P95Ms)));
        foreach (var line in stage.Skip(1))
        {
            table.AddRow(line);
        }
    }

    private static Text Match(double? rate, string ofWhat) => rate is null
        ? new Text("- of 0", Tables.Quiet)
        : new Text($"{Words.Rate(rate)} {ofWhat}", rate < Whole ? Color.Yellow : Color.Green);

    private static IEnumerable<(string Name, string? Value)> Notes(CapabilityStatus capability, DateTimeOffset now)
    {
        var name = Words.Safe(capability.Name);
        if (capability.LastChange is { } change)
        {
            yield return (name, $"{change.Verb} {Words.Ago(change.At, now)} by {change.Actor}: {change.Reason}");
            name = "";
        }

        foreach (var warning in Warnings(capability, now))
        {
            yield return (name, warning);
            name = "";
        }

        if (Admissions(capability).ToArray() is { Length: > 0 } admissions)
        {
            yield return (name, string.Join(", ", admissions));
            name = "";
        }

        if (Troubles(capability).ToArray() is { Length: > 0 } troubles)
        {
            yield return (name, string.Join(", ", troubles));
        }
    }

    private static IEnumerable<string> Warnings(CapabilityStatus capability, DateTimeOffset now)
    {
        if (capability.Sides.New.Breaker?.Sentence is { } current) yield return current;
        if (capability.Sides.Legacy.Breaker?.Sentence is { } legacy) yield return legacy;
        if (capability.CoolDown is { } coolDown)
        {
            yield return $"lowered by its breaker, not raised for another {Words.Seconds(Math.Max(0, (coolDown.Until - now).TotalSeconds))}: {coolDown.Why}";
        }
    }

    private static IEnumerable<string> Admissions(CapabilityStatus capability)
    {
        if (capability.Held) yield return "held: nobody more is admitted";
        if (capability.Everyone) yield return "everyone, clients without identity too";
        if (Lists.Words("included", capability.Include) is { } include) yield return include;
        if (Lists.Words("excluded", capability.Exclude) is { } exclude) yield return exclude;
    }

    private static IEnumerable<string> Troubles(CapabilityStatus capability)
    {
        (long Count, string What)[] troubles =
        [
            (capability.Fallbacks, "fell back to legacy"),
            (capability.Sides.Legacy.Errors, "errors on legacy"),
            (capability.Sides.New.Errors, "errors on new"),
            (capability.Shadow.Different, "different"),
            (capability.Shadow.Stale, "stale"),
            (capability.Shadow.Undetermined, "undetermined"),
            .. capability.Shadow.Skipped
                .OrderBy(skipped => skipped.Key, StringComparer.Ordinal)
                .Select(skipped => (skipped.Value, $"skipped ({skipped.Key})")),
        ];
        return troubles.Where(trouble => trouble.Count > 0).Select(trouble => $"{Words.Count(trouble.Count)} {trouble.What}");
    }
}
