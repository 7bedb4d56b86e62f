using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Strangler.Core.Compare;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Adapters;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Shadow;

/// <summary>
/// Takes exchanges from the queue in their order, holds each back until the watermark has passed legacy's answer (see
/// <see cref="Settlement"/> for why), sends its copy and compares. Waiting at the head is enough: whoever stands behind it was
/// answered later and would wait for the same watermark.
/// </summary>
internal sealed class ShadowDispatcher(
    ShadowQueue queue,
    WatermarkClient watermarks,
    CopyPermits permits,
    SideClient sides,
    Comparer comparer,
    LegacyAgain legacyAgain,
    ShadowSettler settler,
    ShadowLedger ledger,
    ShadowOptions options,
    TimeProvider time,
    ILogger<ShadowDispatcher> log) : BackgroundService
{
    private readonly SemaphoreSlim _slots = new(options.Concurrency, options.Concurrency);

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
            await foreach (var exchange in queue.ReadAllAsync(stoppingToken))
            {
                var deadline = exchange.Ended + options.FirstLookWait;
                await watermarks.WaitUntilPassedAsync(exchange.Capability, exchange.Ended, deadline, stoppingToken);
                await _slots.WaitAsync(stoppingToken);
                _ = LookAndLeaveAsync(exchange, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The edge stops. Thrown on, it would count as a failure of the edge when the start itself has failed.
        }
    }

    private async Task LookAndLeaveAsync(ShadowExchange exchange, CancellationToken cancel)
    {
        try
        {
            await LookAsync(exchange, cancel);
        }
        catch (OperationCanceledException)
        {
            ledger.Skip(exchange, SkipReason.Stopped);
        }
        catch (Exception error)
        {
            log.ShadowFailed(error, exchange.Operation);
            ledger.Skip(exchange, SkipReason.Failed);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task LookAsync(ShadowExchange sent, CancellationToken cancel)
    {
        if (Decode(sent) is not { } exchange)
        {
            ledger.Skip(sent, SkipReason.Encoding);
            return;
        }

        var turn = legacyAgain.Turn(exchange);
        var again = turn == ControlTurn.LegacyFirst ? await legacyAgain.AskAsync(exchange, cancel) : null;
        var watermark = watermarks.Current?.WatermarkOf(exchange.Capability);
        AskResult asked;
        OperationPlan operation;
        using (var permit = permits.TryEnter(exchange.Operation))
        {
            if (permit is null)
            {
                ledger.Skip(exchange, permits.ReasonToRefuse(exchange.Operation));
                return;
            }

            operation = permit.Operation;
            asked = await sides.AskNewAsync(exchange, operation, again: false, cancel);
        }

        var answered = time.GetUtcNow();
        if (turn == ControlTurn.NewFirst) again = await legacyAgain.AskAsync(exchange, cancel);
        var control = again is var (second, at) ? exchange.Compare(comparer, second, operation.Compare, at) : null;
        Finish(exchange, asked, operation, control, watermark, answered);
    }

    private void Finish(
        ShadowExchange exchange, AskResult asked, OperationPlan operation, Comparison? control, Watermark? watermark, DateTimeOffset answered)
    {
        if (asked.Answer is not { } answer)
        {
            if (asked.Failure == AskFailure.Encoding) ledger.Skip(exchange, SkipReason.Encoding);
            else FinishWithoutAnswer(exchange, asked.Failure, operation, control, watermark, answered);
            return;
        }

        var comparison = exchange.Compare(comparer, answer, operation.Compare, answered);
        var build = AnswerHeaders.Build(answer.Headers, operation.Capability.Rules.Shadow.Build);
        if (comparison.IsEqual) ledger.FinishEqual(exchange, comparison, control, operation.Capability.Compare.Version, build);
        else settler.Offer(new FirstLook(exchange, comparison, operation.Capability.Compare.Version, answer.Status, build, control, watermark, answered));
    }

    private void FinishWithoutAnswer(
        ShadowExchange exchange, AskFailure failure, OperationPlan operation, Comparison? control, Watermark? watermark, DateTimeOffset answered)
    {
        var comparison = Comparer.CompareWithFailure(exchange.Legacy, KebabNames<AskFailure>.Of(failure));
        ledger.Finish(
            new FirstLook(exchange, comparison, operation.Capability.Compare.Version, NewStatus: 0, NewBuild: "", control, watermark, answered),
            new Settlement(Outcome.Different, SettlementReason.NoAnswer));
    }

    // The cost stays what was reserved for the body as it was sent.
    private ShadowExchange? Decode(ShadowExchange exchange) =>
        BodyDecoder.Decode(exchange.Legacy, exchange.LegacyEncoding, options.CaptureLimit) is { } legacy ? exchange with { Legacy = legacy } : null;
}
