using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Strangler.Core.Admin;

namespace Strangler.Cli.Api;

/// <summary>The events of an edge, for as long as the connection holds.</summary>
/// <param name="response">The open answer; disposed with this.</param>
/// <param name="time">Clock of the silence that ends it.</param>
internal sealed class StatusEvents(HttpResponseMessage response, TimeProvider time) : IDisposable
{
    /// <summary>A silence that long means that the edge is gone: it sends a heartbeat every 15 s.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(40);

    /// <summary>The snapshots, until the edge ends or falls silent.</summary>
    /// <param name="cancellation">Ends the reading.</param>
    public async IAsyncEnumerable<CapabilitiesAnswer> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var silence = new CancellationTokenSource(Silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, silence.Token);
        await using var events = Parse(either.Token).GetAsyncEnumerator(either.Token);
        while (await NextAsync(events, cancellation))
        {
            silence.CancelAfter(Silence);
            if (events.Current is { EventType: "status", Data: var data }
                && JsonSerializer.Deserialize(data, AdminJson.Default.CapabilitiesAnswer) is { } answer)
            {
                yield return answer;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => response.Dispose();

    private async IAsyncEnumerable<SseItem<string>> Parse([EnumeratorCancellation] CancellationToken cancellation)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellation);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellation))
        {
            yield return item;
        }
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<SseItem<string>> events, CancellationToken cancellation)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }
}
