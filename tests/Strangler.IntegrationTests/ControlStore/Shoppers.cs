using System.Collections.Concurrent;
using System.Globalization;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.IntegrationTests.Edge;

namespace Strangler.IntegrationTests.ControlStore;

/// <summary>Clients that read product pages one after another, at all edges; every answer is kept for the count.</summary>
internal sealed class Shoppers : IAsyncDisposable
{
    private readonly ConcurrentQueue<Visit> _visits = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false });
    private readonly Task[] _shoppers;
    private int _failed;

    public Shoppers(IReadOnlyList<StoreEdge> edges, int perEdge = 4) =>
        _shoppers = [.. edges.SelectMany(edge => Enumerable.Range(0, perEdge).Select(i => ShopAsync(edge, string.Create(CultureInfo.InvariantCulture, $"session-{i}"))))];

    /// <summary>One answered request.</summary>
    public sealed record Visit(string Session, string Side, string Decision)
    {
        /// <summary>The plan that decided.</summary>
        public long Plan => long.Parse(Decision[(Decision.LastIndexOf('=') + 1)..], CultureInfo.InvariantCulture);
    }

    public int Count => _visits.Count;

    public int Failed => Volatile.Read(ref _failed);

    public IReadOnlyCollection<Visit> Visits => _visits;

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_shoppers);
    }

    /// <summary>How many visits contradict the plan that their own header names: the wrong side by header, or another side in fact.</summary>
    /// <param name="stateOf">What the plan of a number says of the capability.</param>
    public int DecidedByTwoPlans(Func<long, CapabilityState> stateOf) =>
        _visits.Count(visit => visit.Decision != Expected(visit.Plan, stateOf(visit.Plan), visit.Session) || !visit.Decision.StartsWith(visit.Side + ";", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _client.Dispose();
        _stop.Dispose();
    }

    private static string Expected(long plan, CapabilityState state, string session)
    {
        var (side, reason) = state switch
        {
            { Killed: true } => ("legacy", "killed"),
            { Stage: not Stage.ReadCanary } => ("legacy", "stage"),
            _ when Bucket.Of(session, "catalog") < Bucket.Edge(state.Share) => ("new", "inside-share"),
            _ => ("legacy", "outside-share"),
        };
        return $"{side};capability=catalog;stage={state.Stage.ToName()};reason={reason};plan={plan}";
    }

    private async Task ShopAsync(StoreEdge edge, string session)
    {
        while (!_stop.IsCancellationRequested)
        {
            using var response = await edge.GetAsync(_client, session);
            if (response.IsSuccessStatusCode) _visits.Enqueue(new Visit(session, await response.TextAsync(), response.Decision()!));
            else Interlocked.Increment(ref _failed);
        }
    }
}
