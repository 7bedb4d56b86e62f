using Strangler.Core.Compare;
using Strangler.Core.Model;
using Strangler.Proxy.Shadow.Bodies;
using Strangler.Proxy.Shadow.Evidence;
using Strangler.Proxy.Shadow.Triage;

namespace Strangler.Proxy.Shadow;

/// <summary>The one place where a request's way through the shadow ends: skipped, or finished with an outcome.</summary>
internal sealed class ShadowLedger(
    ShadowEvidence evidence, EvidenceBook book, DifferenceRecorder recorder, ShadowMetrics metrics, ByteBudget budget)
{
    /// <summary>Counts a request that is not in the queue.</summary>
    public void Skip(string capability, SkipReason reason)
    {
        evidence.Count(capability, reason);
        metrics.Count(capability, KebabNames<SkipReason>.Of(reason));
    }

    /// <summary>Ends an exchange from the queue without an outcome.</summary>
    public void Skip(ShadowExchange exchange, SkipReason reason)
    {
        budget.Release(exchange.Capability, exchange.Cost);
        Skip(exchange.Capability, reason);
    }

    /// <summary>Ends an exchange whose answers are equal.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="comparison">What was noticed all the same.</param>
    /// <param name="control">Legacy's second answer compared with its first; null when legacy was not asked twice, or gave no answer.</param>
    /// <param name="rules">Version of the capability's compare rules.</param>
    /// <param name="newBuild">The new side's build; empty when it is not known.</param>
    public void FinishEqual(ShadowExchange exchange, Comparison comparison, Comparison? control, string rules, string newBuild)
    {
        book.Count(exchange, new EvidenceKey(exchange.LegacyBuild, newBuild, rules), new(Outcome.Equal, SettlementReason.FirstLook), comparison, control);
        recorder.Record(exchange, comparison, newBuild);
        Count(exchange, Outcome.Equal);
    }

    /// <summary>Ends an exchange whose answers differed at the first look, and keeps the differences.</summary>
    public void Finish(FirstLook look, Settlement settlement)
    {
        var exchange = look.Exchange;
        recorder.Record(look, settlement);

        book.Count(exchange, new EvidenceKey(exchange.LegacyBuild, look.NewBuild, look.Rules), settlement, look.Comparison, look.Control);

        // After the record: whoever sees the count finds the difference.
        Count(exchange, settlement.Outcome);
        if (settlement.Outcome != Outcome.Different) return;
        foreach (var difference in look.Comparison.Differences) metrics.CountMismatch(exchange.Capability, difference.Kind);
    }

    private void Count(ShadowExchange exchange, Outcome outcome)
    {
        budget.Release(exchange.Capability, exchange.Cost);
        evidence.Count(exchange.Capability, outcome);
        metrics.Count(exchange.Capability, KebabNames<Outcome>.Of(outcome));
    }
}
