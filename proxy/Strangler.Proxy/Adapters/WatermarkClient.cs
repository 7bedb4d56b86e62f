using System.Net.Http.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Strangler.Core.Compare;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Adapters;

/// <summary>Looks at the adapters' watermark again and again, while the rules name adapters.</summary>
internal sealed class WatermarkClient(
    PlanHolder plans, AdapterView view, AdapterOptions options, TimeProvider time, ILogger<WatermarkClient> log) : BackgroundService
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = 1024 * 1024,
    };

    private bool _away;
    private TaskCompletionSource _nextLook = NewLook();

    /// <summary>The last look; null when there are no adapters, or they did not answer.</summary>
    public AdapterReading? Current => view.Current;

    /// <summary>True if the rules name adapters.</summary>
    public bool HasAdapters => plans.Current.Rules.Adapters is not null;

    /// <summary>Waits until a capability's watermark has passed an instant. Does not wait when there are no adapters.</summary>
    /// <returns>False when the deadline came first.</returns>
    public Task<bool> WaitUntilPassedAsync(string capability, DateTimeOffset instant, DateTimeOffset deadline, CancellationToken cancel) =>
        WaitAsync(reading => reading?.WatermarkOf(capability)?.HasPassed(instant) == true, deadline, cancel);

    /// <summary>Waits for a look that began after an instant.</summary>
    /// <returns>The capability's watermark in it; null when the deadline came first, or it has none.</returns>
    public async Task<Watermark?> ReadAfterAsync(string capability, DateTimeOffset instant, DateTimeOffset deadline, CancellationToken cancel)
    {
        await WaitAsync(reading => reading?.Asked >= instant, deadline, cancel);
        return Current is { } current && current.Asked >= instant ? current.WatermarkOf(capability) : null;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Poll, time);
        try
        {
            do
            {
                var reading = plans.Current.Rules.Adapters is { } adapters ? await LookAsync(adapters.Status, stoppingToken) : null;
                view.Show(reading);
                Interlocked.Exchange(ref _nextLook, NewLook()).SetResult();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The edge stops. Thrown on, it would count as a failure of the edge when the start itself has failed.
        }
    }

    private async Task<bool> WaitAsync(Func<AdapterReading?, bool> condition, DateTimeOffset deadline, CancellationToken cancel)
    {
        while (HasAdapters)
        {
            // Taken before the condition is read, so that a look in between is not missed.
            var nextLook = Volatile.Read(ref _nextLook).Task;
            if (condition(Current)) return true;
            var left = deadline - time.GetUtcNow();
            if (left <= TimeSpan.Zero) return false;
            await Task.WhenAny(nextLook, Task.Delay(left, time, cancel));
            cancel.ThrowIfCancellationRequested();
        }

        return true;
    }

    private async Task<AdapterReading?> LookAsync(Uri status, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            var asked = time.GetUtcNow();
            var answer = await _client.GetFromJsonAsync(new Uri(status, "/v1/watermark"), AdapterJson.Default.AdapterStatus, either.Token);
            _away = false;
            return AdapterReading.Of(answer!, asked, time.GetUtcNow());
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            ReportAway(status, $"no answer within {options.Timeout.TotalSeconds:0.#} s");
            return null;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Whatever the adapters answer: an edge that stops because of it would be worse than one that does not know the lag.
            ReportAway(status, error.Message);
            return null;
        }
    }

    // Once when they go, not at every look.
    private void ReportAway(Uri status, string error)
    {
        if (!_away) log.AdaptersAway(status, error);
        _away = true;
    }

    private static TaskCompletionSource NewLook() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
