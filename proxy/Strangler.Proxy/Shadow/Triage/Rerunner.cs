using Strangler.Core.Admin;
using Strangler.Core.Compare;
using Strangler.Core.Model;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Shadow.Targets;

namespace Strangler.Proxy.Shadow.Triage;

/// <summary>Asks both sides again with the last request of a group. It counts nowhere: who looks twice at the bad ones would spoil the evidence.</summary>
internal sealed class Rerunner(
    RerunShelf shelf, PlanHolder plans, LegacySide legacy, NewSide @new, Comparer comparer, TimeProvider time)
{
    private const string NoAnswer = "no-answer";

    /// <summary>Asks again.</summary>
    /// <param name="fingerprint">The group.</param>
    /// <param name="cancel">Ends the ask.</param>
    /// <returns>The answer, or one sentence that says why it cannot be done.</returns>
    public async Task<(RerunAnswer? Answer, string? Refusal)> RunAsync(string fingerprint, CancellationToken cancel)
    {
        if (shelf.Find(fingerprint) is not { } exchange)
        {
            return (null, $"this edge no longer has a request of that group: each is kept for {RerunShelf.Lifetime.TotalMinutes:0} min in the memory of the edge that has "
                + "seen it and is never stored; wait until the group is seen again, or ask another edge");
        }

        if (plans.Current.FindOperation(exchange.Operation) is not { Rules.Semantics: Semantics.Safe }) return (null, $"{exchange.Operation} is not safe by the rules in force, so it is not asked again");
        using var first = await legacy.AskAsync(exchange, SideClient.SecondLookAgent, cancel);
        exchange = exchange with { Ended = time.GetUtcNow() };
        var second = await @new.AskAsync(exchange, again: true, cancel);
        using var asked = second.Asked;
        if (asked is null) return (null, $"the new side is not asked: {KebabNames<SkipReason>.Of(second.Refusal)}; copies are made in the stages shadow and read-canary");
        if (first.Answer is not { } stored) return (Failed(fingerprint, exchange, first, asked, "legacy", first.Failure), null);
        if (asked.Answer is not { } answer) return (Failed(fingerprint, exchange, first, asked, "the new side", asked.Failure), null);
        exchange = exchange with { Legacy = stored };
        var comparison = exchange.Compare(comparer, answer, second.Operation!.Compare, time.GetUtcNow());
        return (Compared(fingerprint, exchange, answer.Status, comparison), null);
    }

    private static RerunAnswer Failed(string fingerprint, ShadowExchange exchange, AskResult legacy, AskResult @new, string side, AskFailure failure) => new(
        fingerprint, exchange.Operation, NoAnswer, $"{side} gave no answer that can be compared: {KebabNames<AskFailure>.Of(failure)}",
        legacy.Answer?.Status ?? 0, @new.Answer?.Status ?? 0, []);

    private static RerunAnswer Compared(string fingerprint, ShadowExchange exchange, int newStatus, Comparison comparison)
    {
        List<RerunDifference> found =
        [
            .. comparison.Differences.Concat(comparison.Notes).Select(difference => new RerunDifference(
                Fingerprint.Of(exchange.Operation, exchange.Legacy.Status, newStatus, difference),
                difference.Kind.Name(), difference.Path, difference.Legacy.TextOrNull, difference.New.TextOrNull)),
        ];
        var same = found.Count(difference => difference.Fingerprint == fingerprint);
        var (result, sentence) = (found.Count, same) switch
        {
            (0, _) => ("equal", "both sides give the same answer now"),
            (_, > 0) => ("still", same == 1 ? "the difference is still there" : $"the difference is still there, {same} times in this answer"),
            _ => ("other", $"this difference is gone, {found.Count} other{(found.Count == 1 ? " is" : "s are")} there"),
        };
        return new RerunAnswer(fingerprint, exchange.Operation, result, sentence, exchange.Legacy.Status, newStatus, found);
    }
}
