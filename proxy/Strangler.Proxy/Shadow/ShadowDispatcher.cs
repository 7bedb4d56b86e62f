using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Strangler.Core.Compare;
using Strangler.Proxy.Adapters;
using Strangler.Proxy.Shadow.Targets;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Shadow;

/// <summary>
/// Takes exchanges from the queue, each capability's in their order, holds each back until the watermark has passed legacy's answer (see
/// <see cref="Settlement"/> for why), sends its copy and has the answers judged.
/// </summary>
internal sealed class ShadowDispatcher(
    ShadowQueue queue,
    WatermarkClient watermarks,
    NewSide newSide,
    LegacyAgain legacyAgain,
    ErrorBudgets errors,
    ExchangeJudge judge,
    ShadowLedger ledger,
    ShadowOptions options,
    TimeProvider time,
    ILogger<ShadowDispatcher> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.RunAsync(LookAsync, stoppingToken);

    private async Task LookAsync(ShadowExchange exchange, CancellationToken cancel)
    {
        SkipReason? skip;
        try
        {
            skip = ReasonToSkip(exchange);
            if (skip is null)
            {
                await HoldBackAsync(exchange, cancel);
                skip = await AskAndJudgeAsync(exchange, cancel);
            }
        }
        catch (OperationCanceledException)
        {
            skip = SkipReason.Stopped;
        }
        catch (Exception error)
        {
            log.ShadowFailed(error, exchange.Operation);
            skip = SkipReason.Failed;
        }

        if (skip is { } reason) ledger.Skip(exchange, reason);
    }

    private SkipReason? ReasonToSkip(ShadowExchange exchange)
    {
        if (exchange.Kind == ExchangeKind.Graphql && !GraphqlCheck.IsQuery(exchange)) return SkipReason.Graphql;
        return errors.Of(exchange.Capability).IsSpent ? SkipReason.BudgetSpent : null;
    }

    // A write is sent at once: once the adapters have brought legacy's own write over, the copy would come on top of it.
    private Task HoldBackAsync(ShadowExchange exchange, CancellationToken cancel) => exchange.Kind == ExchangeKind.DryRun
        ? Task.CompletedTask
        : watermarks.WaitUntilPassedAsync(exchange.Capability, exchange.Ended, exchange.Ended + options.FirstLookWait, cancel);

    // Null when the exchange has come to an end.
    private async Task<SkipReason?> AskAndJudgeAsync(ShadowExchange exchange, CancellationToken cancel)
    {
        var turn = legacyAgain.Turn(exchange);
        using var before = turn == ControlTurn.LegacyFirst ? await AskLegacyAsync(exchange, cancel) : null;
        var watermark = watermarks.Current?.WatermarkOf(exchange.Capability);
        var (asked, operation, refusal) = await newSide.AskAsync(exchange, again: false, cancel);
        if (asked is null) return refusal;
        using var answer = asked;
        var answered = time.GetUtcNow();
        if (asked.Failure != AskFailure.BreakerOpen) errors.Of(exchange.Capability).Count(asked.IsFailureOfTheSide || asked.Answer?.Status >= 500);
        using var after = turn == ControlTurn.NewFirst ? await AskLegacyAsync(exchange, cancel) : null;
        return await judge.JudgeAsync(exchange, new Look(asked, operation!, before ?? after, watermark, answered), cancel);
    }

    private async Task<TimedAnswer?> AskLegacyAsync(ShadowExchange exchange, CancellationToken cancel) =>
        await legacyAgain.AskAsync(exchange, cancel) is { } asked ? new TimedAnswer(asked, time.GetUtcNow()) : null;
}
