using Strangler.Proxy.Plans;
using Strangler.Proxy.Shadow.Evidence;
using Strangler.Proxy.Shadow.Triage;

namespace Strangler.Proxy.Shadow.Sharing;

/// <summary>
/// Brings what this edge has counted and found to the shared store, about once a second and off the path of any request. While the store is
/// away the last batch waits, and what comes meanwhile is summed up in tables that are bounded: samples go, counts stay.
/// </summary>
internal sealed class SharedFlush(
    EvidenceBook book, DifferenceGroups groups, SharedStatus status, ShadowOptions options, TimeProvider time, SharedStore? store = null) : EdgeLoop
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private SharedBatch? _waiting;
    private long _number;

    /// <summary>Whether there is a store that edges share.</summary>
    public bool IsShared => store is not null;

    /// <summary>Brings one batch; false when the store is away, or there is none.</summary>
    public Task<bool> FlushAsync(CancellationToken cancel) => InTurnAsync(BringAsync, cancel);

    /// <summary>The groups of all edges, everything that this one has seen included; null when the store is away, or there is none.</summary>
    /// <param name="capability">Only of this capability; null for all.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<IReadOnlyList<GroupRecord>?> ReadAsync(string? capability, CancellationToken cancel) => InTurnAsync(async token =>
    {
        // Brought first, so that nothing is counted twice or not at all.
        if (!await BringAsync(token)) return null;
        try
        {
            return await store!.ReadGroupsAsync(capability, token);
        }
        catch (ControlStoreException error)
        {
            status.Lost(error.Message);
            return null;
        }
    }, cancel);

    private async Task<bool> BringAsync(CancellationToken cancel)
    {
        if (store is null) return false;
        _waiting ??= new SharedBatch(++_number, book.TakeChanged(), groups.Take());
        try
        {
            book.PutOthers(await store.WriteAsync(_waiting, groups.IsJudged, cancel));
            _waiting = null;
            status.Back();
            return true;
        }
        catch (ControlStoreException error)
        {
            status.Lost(error.Message);
            return false;
        }
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop)
    {
        if (store is null) return;
        using var timer = new PeriodicTimer(options.FlushEvery, time);
        while (await timer.WaitForNextTickAsync(stop)) await FlushAsync(stop);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);

        // What the last second has brought, if there is time for it.
        if (store is not null && !cancellationToken.IsCancellationRequested) await LastAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _turn.Dispose();
        base.Dispose();
    }

    private async Task<T> InTurnAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            return await work(cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task LastAsync(CancellationToken cancel)
    {
        try
        {
            if (await FlushAsync(cancel)) await FlushAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            // There was not.
        }
    }
}
