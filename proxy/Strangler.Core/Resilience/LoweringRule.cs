using System.Globalization;
using Strangler.Core.Admin;

namespace Strangler.Core.Resilience;

/// <summary>When breakers of the new side are reason enough to take a capability one stage down on all edges.</summary>
/// <param name="SickFor">So long most edges must have been without an answer.</param>
/// <param name="Trips">So often one edge must have opened within ten minutes.</param>
public sealed record LoweringRule(TimeSpan SickFor, int Trips)
{
    /// <summary>30 s on most edges, or three times on one.</summary>
    public static readonly LoweringRule Default = new(TimeSpan.FromSeconds(30), 3);

    /// <summary>Why a capability is to be lowered, in a sentence with the numbers; null when it is not.</summary>
    /// <param name="capability">Name of the capability.</param>
    /// <param name="resets">How often the breaker of the new side was reset: reports from before a reset do not count.</param>
    /// <param name="edges">What the edges that are alive say.</param>
    public string? Why(string capability, long resets, IReadOnlyList<EdgeReport> edges)
    {
        var open = edges
            .Select(edge => (edge.Edge, Breaker: edge.Breakers.FirstOrDefault(b => b.Side == "new" && b.Capability == capability && b.Resets == resets)))
            .Where(one => one.Breaker is not null)
            .ToList();
        var sick = open.Where(one => one.Breaker!.SickSeconds >= SickFor.TotalSeconds).ToList();
        if (sick.Count * 2 > edges.Count)
        {
            var longest = sick.MaxBy(one => one.Breaker!.SickSeconds).Breaker!;
            return string.Create(CultureInfo.InvariantCulture,
                $"the breaker of new is open for {SickFor.TotalSeconds:0} s or more on {sick.Count} of {edges.Count} edge{(edges.Count == 1 ? "" : "s")}: {longest.Sentence}");
        }

        var restless = open.FirstOrDefault(one => one.Breaker!.Trips >= Trips);
        return restless.Breaker is { } breaker
            ? $"the breaker of new has opened {breaker.Trips} times in 10 min on edge {restless.Edge}{(breaker.Sentence is null ? "" : $": {breaker.Sentence}")}"
            : null;
    }
}
