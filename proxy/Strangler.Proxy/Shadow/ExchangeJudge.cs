using Strangler.Core.Compare;
using Strangler.Core.Model;
using Strangler.Proxy.Adapters;
using Strangler.Proxy.Shadow.Bodies;
using Strangler.Proxy.Shadow.Targets;

namespace Strangler.Proxy.Shadow;

/// <summary>
/// Compares the answers of an exchange and says what becomes of it. Only so many at once as there are processors to spare: comparing must never take
/// the processors that clients' requests need.
/// </summary>
internal sealed class ExchangeJudge(
    Comparer comparer,
    MapPaths maps,
    BodyDecoder decoder,
    ByteBudget budget,
    WatermarkClient watermarks,
    ShadowSettler settler,
    ShadowLedger ledger,
    ShadowOptions options) : IDisposable
{
    private readonly SemaphoreSlim _processors = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Ends the exchange, or hands it on to a second look.</summary>
    /// <returns>Null; or why the exchange is to be skipped, which is left to the caller.</returns>
    public async Task<SkipReason?> JudgeAsync(ShadowExchange exchange, Look look, CancellationToken cancel)
    {
        await _processors.WaitAsync(cancel);
        try
        {
            return Judge(exchange, look);
        }
        finally
        {
            _processors.Release();
        }
    }

    public void Dispose() => _processors.Dispose();

    private SkipReason? Judge(ShadowExchange sent, Look look)
    {
        if (ReasonToSkip(sent, look.Asked) is { } reason) return reason;
        if (Decode(sent, out var failure) is not { } exchange) return failure;
        try
        {
            var rules = look.Operation.Compare;
            var control = look.Control is { Asked.Answer: { } second, At: var at } ? Folded(exchange, exchange.Compare(comparer, second, rules, at)) : null;
            if (look.Asked.Answer is { } answer) Compare(exchange, answer, look, control);
            else FinishWithoutAnswer(exchange, look, control);
            return null;
        }
        catch
        {
            // The caller gives back what the exchange held before its body was decoded.
            budget.Release(exchange.Capability, exchange.Cost - sent.Cost);
            throw;
        }
    }

    private static SkipReason? ReasonToSkip(ShadowExchange exchange, AskResult asked)
    {
        if (asked.Answer is { } answer) return IsBeyondTelling(exchange, answer) ? SkipReason.Size : null;
        return asked.Failure switch
        {
            AskFailure.Encoding => SkipReason.Encoding,
            AskFailure.BytesFull => SkipReason.BytesFull,
            AskFailure.BreakerOpen => SkipReason.BreakerOpen,
            _ => null,
        };
    }

    // Equal bytes are equal. Unequal ones say nothing where one of them is compressed and too large to be undone.
    private static bool IsBeyondTelling(ShadowExchange exchange, Answer answer)
    {
        if (exchange.Legacy.Whole is null && answer.Whole is null || exchange.Legacy.Whole == answer.Whole) return false;
        return !BodyDecoder.IsPlain(exchange.LegacyEncoding) || !BodyDecoder.IsPlain(AnswerHeaders.Find(answer.Headers, "Content-Encoding"));
    }

    // From then on the exchange holds the text in place of what was sent.
    private ShadowExchange? Decode(ShadowExchange exchange, out SkipReason reason)
    {
        reason = default;
        var legacy = exchange.Legacy;
        if (BodyDecoder.IsPlain(exchange.LegacyEncoding) || legacy.Body.IsEmpty) return exchange;
        if (decoder.Decode(legacy.Body.ToArray(), exchange.LegacyEncoding!, exchange.Capability, out reason) is not { } text) return null;
        budget.Release(exchange.Capability, legacy.Body.Length);
        return exchange with { Legacy = legacy with { Body = text } };
    }

    private void Compare(ShadowExchange exchange, Answer answer, Look look, Comparison? control)
    {
        var comparison = Folded(exchange, exchange.Compare(comparer, answer, look.Operation.Compare, look.Answered));
        var (rules, build) = (look.Operation.Capability.Compare.Version, AnswerHeaders.Build(answer.Headers, look.Operation.Capability.Rules.Shadow.Build));
        var first = new FirstLook(exchange, comparison, rules, answer.Status, build, control, look.Watermark, look.Answered);
        if (!comparison.IsEqual && exchange.Kind == ExchangeKind.DryRun)
            ledger.Finish(first, SettleWrite(exchange, look.Watermark));
        else if (!comparison.IsEqual)
            settler.Offer(first);
        else if (exchange.Legacy.Whole == answer.Whole)
            ledger.FinishEqual(exchange, comparison, control, rules, build);
        else
            ledger.Skip(exchange, SkipReason.Size); // Rules may leave nothing of the difference: bodies that nobody has read do not count as equal.
    }

    private Comparison Folded(ShadowExchange exchange, Comparison comparison) => maps.Fold(exchange.Operation, comparison);

    // Legacy cannot be asked again, it would write again; and the watermark must not have passed the write itself, or the new side would run it on top
    // of its own effect. What remains is whether the new side was too far behind to judge it by what came before the write.
    private Settlement SettleWrite(ShadowExchange exchange, Watermark? watermark)
    {
        var isFarBehind = watermarks.HasAdapters && watermark?.HasPassed(exchange.Started - options.FirstLookWait) != true;
        return isFarBehind ? new(Outcome.Undetermined, SettlementReason.WatermarkNotPassed) : new(Outcome.Different, SettlementReason.NotRepeated);
    }

    private void FinishWithoutAnswer(ShadowExchange exchange, Look look, Comparison? control)
    {
        var comparison = Comparer.CompareWithFailure(exchange.Legacy, KebabNames<AskFailure>.Of(look.Asked.Failure));
        ledger.Finish(
            new FirstLook(exchange, comparison, look.Operation.Capability.Compare.Version, NewStatus: 0, NewBuild: "", control, look.Watermark, look.Answered),
            new Settlement(Outcome.Different, SettlementReason.NoAnswer));
    }
}
