using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Strangler.Core.Compare;
using Strangler.Proxy.Adapters;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Shadow;

/// <summary>
/// Takes the second look at exchanges that differed: waits, for a bounded time, until the watermark has passed legacy's answer, then
/// asks the new side again, and legacy again if the difference is still there.
/// </summary>
internal sealed class ShadowSettler(
    WatermarkClient watermarks,
    PlanHolder plans,
    CopyPermits permits,
    SideClient sides,
    Comparer comparer,
    ShadowLedger ledger,
    ShadowOptions options,
    TimeProvider time,
    ILogger<ShadowSettler> log) : BackgroundService
{
    private readonly SemaphoreSlim _slots = new(options.SecondLookConcurrency, options.SecondLookConcurrency);
    private readonly Channel<FirstLook> _waiting =
        Channel.CreateBounded<FirstLook>(new BoundedChannelOptions(options.SecondLookLimit) { SingleReader = true });

    /// <summary>Offers an exchange that differed. When the list is full it ends undetermined: nobody has looked twice.</summary>
    public void Offer(FirstLook look)
    {
        if (!_waiting.Writer.TryWrite(look)) ledger.Finish(look, new(Outcome.Undetermined, SettlementReason.ListFull));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _slots.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var look in _waiting.Reader.ReadAllAsync(stoppingToken))
            {
                var first = await FreshnessAsync(look, stoppingToken);
                await _slots.WaitAsync(stoppingToken);
                _ = SettleAndLeaveAsync(look, first, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The edge stops. Thrown on, it would count as a failure of the edge when the start itself has failed.
        }
    }

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

    private async Task SettleAndLeaveAsync(FirstLook look, Freshness first, CancellationToken cancel)
    {
        try
        {
            ledger.Finish(look, await SettleAsync(look, first, cancel));
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
        finally
        {
            _slots.Release();
        }
    }

    private async Task<Settlement> SettleAsync(FirstLook look, Freshness first, CancellationToken cancel)
    {
        var exchange = look.Exchange;
        var second = FreshnessNow(exchange, first);
        if (second == Freshness.Unknown) return Settlement.Judge(first, new SecondLook(second, NewEqualsStored: false, LegacyEqualsStored: null));

        bool newEquals;
        CompareRules rules;
        using (var permit = permits.TryEnter(exchange.Operation))
        {
            if (permit is null) return new(Outcome.Undetermined, SettlementReason.Stopped);
            rules = permit.Operation.Compare;
            newEquals = EqualsStored(exchange, await sides.AskNewAsync(exchange, permit.Operation, again: true, cancel), rules) == true;
        }

        // Legacy is asked only if it matters: an answer that became right is judged without it.
        var legacyEquals = newEquals ? null : EqualsStored(exchange, await AskLegacyAsync(exchange, cancel), rules);
        return Settlement.Judge(first, new SecondLook(second, newEquals, legacyEquals));
    }

    private Freshness FreshnessNow(ShadowExchange exchange, Freshness first)
    {
        if (first is Freshness.NoAdapters or Freshness.CaughtUp) return first;
        return Watermark.FreshnessOf(watermarks.Current?.WatermarkOf(exchange.Capability), after: null, exchange.Started, exchange.Ended);
    }

    private Task<AskResult> AskLegacyAsync(ShadowExchange exchange, CancellationToken cancel) =>
        sides.AskLegacyAsync(exchange, plans.Current.Rules.Legacy.Destinations[0], SideClient.SecondLookAgent, cancel);

    private bool? EqualsStored(ShadowExchange exchange, AskResult asked, CompareRules rules) =>
        asked.Answer is { } answer ? exchange.Compare(comparer, answer, rules, time.GetUtcNow()).IsEqual : null;
}
