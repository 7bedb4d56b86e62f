using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Strangler.Core.Compare;
using Strangler.Proxy.Adapters;
using Strangler.Proxy.Shadow.Targets;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Shadow;

/// <summary>
/// Takes the second look at exchanges that differed: waits, for a bounded time, until the watermark has passed legacy's answer, then
/// asks the new side again, and legacy again if the difference is still there.
/// </summary>
internal sealed class ShadowSettler(
    WatermarkClient watermarks,
    NewSide newSide,
    LegacySide legacySide,
    Comparer comparer,
    ShadowLedger ledger,
    ShadowOptions options,
    TimeProvider time,
    ILogger<ShadowSettler> log) : BackgroundService
{
    private readonly Lanes<FirstLook> _waiting = new(options.SecondLookLimit);

    /// <summary>Offers an exchange that differed. When the list is full it ends undetermined: nobody has looked twice.</summary>
    public void Offer(FirstLook look)
    {
        if (!_waiting.TryWrite(look.Exchange.Capability, look)) ledger.Finish(look, new(Outcome.Undetermined, SettlementReason.ListFull));
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        _waiting.RunAsync(options.SecondLookConcurrency, SettleAndFinishAsync, stoppingToken);

    /// <summary>How fresh the new side was at the first look; returns once it has caught up, or the wait is over.</summary>
    private async Task<Freshness> FreshnessAsync(FirstLook look, CancellationToken cancel)
    {
        if (!watermarks.HasAdapters) return Freshness.NoAdapters;
        var exchange = look.Exchange;
        if (look.Watermark?.HasPassed(exchange.Ended) == true) return Freshness.CaughtUp;
        var deadline = exchange.Ended + options.SecondLookWait;
        var after = await watermarks.ReadAfterAsync(exchange.Capability, look.Answered, deadline, cancel);
        await watermarks.WaitUntilPassedAsync(exchange.Capability, exchange.Ended, deadline, cancel);
        return Watermark.FreshnessOf(look.Watermark, after, exchange.Started, exchange.Ended);
    }

    private async Task SettleAndFinishAsync(FirstLook look, CancellationToken cancel)
    {
        try
        {
            ledger.Finish(look, await SettleAsync(look, await FreshnessAsync(look, cancel), cancel));
        }
        catch (OperationCanceledException)
        {
            ledger.Finish(look, new(Outcome.Undetermined, SettlementReason.Stopped));
        }
        catch (Exception error)
        {
            log.ShadowFailed(error, look.Exchange.Operation);
            ledger.Skip(look.Exchange, SkipReason.Failed);
        }
    }

    private async Task<Settlement> SettleAsync(FirstLook look, Freshness first, CancellationToken cancel)
    {
        var exchange = look.Exchange;
        var second = FreshnessNow(exchange, first);
        if (second == Freshness.Unknown) return Settlement.Judge(first, new SecondLook(second, NewEqualsStored: false, LegacyEqualsStored: null));

        var (asked, operation, _) = await newSide.AskAsync(exchange, again: true, cancel);
        if (asked is null) return new(Outcome.Undetermined, SettlementReason.Stopped);
        using var answer = asked;
        var rules = operation!.Compare;
        if (EqualsStored(exchange, asked, rules) == true) return Settlement.Judge(first, new SecondLook(second, NewEqualsStored: true, LegacyEqualsStored: null));

        // Legacy is asked only if it matters: an answer that became right is judged without it.
        using var legacy = await legacySide.AskAsync(exchange, SideClient.SecondLookAgent, cancel);
        return Settlement.Judge(first, new SecondLook(second, NewEqualsStored: false, EqualsStored(exchange, legacy, rules)));
    }

    private Freshness FreshnessNow(ShadowExchange exchange, Freshness first)
    {
        if (first is Freshness.NoAdapters or Freshness.CaughtUp) return first;
        return Watermark.FreshnessOf(watermarks.Current?.WatermarkOf(exchange.Capability), after: null, exchange.Started, exchange.Ended);
    }

    private bool? EqualsStored(ShadowExchange exchange, AskResult asked, CompareRules rules) =>
        asked.Answer is { } answer ? exchange.Legacy.Whole == answer.Whole && exchange.Compare(comparer, answer, rules, time.GetUtcNow()).IsEqual : null;
}
