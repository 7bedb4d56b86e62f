using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Strangler.Core.Compare;
using Strangler.Core.Model;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Shadow.Targets;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Shadow.DryRuns;

/// <summary>
/// Asks the new sides to which writes shall be copied whether they roll them back, again and again. Until one has said so, and from the moment in which
/// it does something else, no write goes there.
/// </summary>
internal sealed class DryRunHandshakes(
    PlanHolder plans, ShadowTargets targets, SideClient client, ShadowOptions options, TimeProvider time, ILogger<DryRunHandshakes> log) : BackgroundService
{
    private const long Never = 0;

    private readonly ConcurrentDictionary<Uri, long> _shownAt = new();
    private readonly ConcurrentDictionary<Uri, long> _revokedAt = new();

    /// <summary>True while an address is known to roll back what is marked. Waits for nothing and allocates nothing.</summary>
    public bool IsShown(Uri address) => _shownAt.TryGetValue(address, out var at) && at != Never && time.GetElapsedTime(at) < 2 * options.HandshakeEvery;

    /// <summary>Takes the word of an address back, because of what it has done with a write.</summary>
    public void Revoke(Uri address, string why)
    {
        _revokedAt[address] = time.GetTimestamp();
        if (!_shownAt.TryGetValue(address, out var at) || at == Never) return;
        _shownAt[address] = Never;
        log.DryRunRevoked(address, why);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.HandshakePoll, time);
        try
        {
            do
            {
                foreach (var capability in plans.Current.Capabilities.Where(c => c.Copies && c.Rules.Shadow.Writes == ShadowWrites.DryRun))
                {
                    await CheckAsync(capability.Rules.Name, capability.Rules.New.Destinations[0], stoppingToken);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The edge stops. Thrown on, it would count as a failure of the edge when the start itself has failed.
        }
    }

    private async Task CheckAsync(string capability, Uri address, CancellationToken cancel)
    {
        var before = _shownAt.GetValueOrDefault(address);
        if (before != Never && time.GetElapsedTime(before) < options.HandshakeEvery) return;
        var asked = time.GetTimestamp();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, DryRunContract.Path));
            using var result = await client.AskAsync(targets.Of(Side.New, address), request, capability, cancel);
            if (result.Answer is not { } answer || !Offers(answer)) Revoke(address, "it no longer says that it does");
            else if (asked > _revokedAt.GetValueOrDefault(address, long.MinValue)) _shownAt[address] = asked == Never ? 1 : asked; // What it has done since counts more.
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Revoke(address, error.Message);
        }
    }

    private static bool Offers(Answer answer)
    {
        if (answer.Status != StatusCodes.Status200OK) return false;
        try
        {
            return JsonSerializer.Deserialize(answer.Body.Span, DryRunJson.Default.DryRunOffer) is { Result: DryRunContract.RolledBack, Marker: { } marker }
                && marker.Equals(SideClient.ShadowHeader, StringComparison.OrdinalIgnoreCase);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
