using Strangler.Proxy.Plans.Postgres;
using Strangler.Proxy.Shadow.Triage;

namespace Strangler.Proxy.Shadow.Sharing;

/// <summary>
/// The tables <c>shadow_*</c> of the control store's schema: what the shadow of all edges has counted and found. A writer takes its turn and
/// merges under the lock, so that the sums are right whoever writes at the same time.
/// </summary>
/// <param name="connectionString">The edges' own role.</param>
/// <param name="edge">Name of this edge.</param>
/// <param name="options">The bounds.</param>
/// <param name="time">The clock that says what is too old.</param>
internal sealed class SharedStore(string connectionString, string edge, ShadowOptions options, TimeProvider time) : IAsyncDisposable
{
    private readonly StorePool _pool = new(connectionString, $"strangler shadow {edge}");
    private readonly Guid _writer = Guid.NewGuid();
    private long _seen;

    /// <summary>Adds a batch to what is stored, once however often it is tried.</summary>
    /// <param name="batch">What comes on top.</param>
    /// <param name="isJudged">The groups that somebody has judged are the last to go.</param>
    /// <param name="cancel">Ends the wait; the batch may have been stored all the same.</param>
    /// <returns>The counts of all edges that have changed since the last call.</returns>
    /// <exception cref="Plans.ControlStoreException">The store is away; the same batch is to be tried again.</exception>
    public Task<IReadOnlyList<KeyValuePair<string, long[]>>> WriteAsync(SharedBatch batch, Func<string, bool> isJudged, CancellationToken cancel) =>
        _pool.AskAsync(async (connection, _) =>
        {
            if (!batch.IsEmpty) await SharedSql.WriteAsync(connection, _writer, batch, new GroupQuota(options, time.GetUtcNow(), isJudged), cancel);
            var (counts, version) = await SharedSql.ReadCountsAsync(connection, _seen, cancel);
            _seen = version;
            return counts;
        }, cancel);

    /// <summary>The groups of all edges.</summary>
    /// <param name="capability">Only of this capability; null for all.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="Plans.ControlStoreException">The store is away.</exception>
    public Task<IReadOnlyList<GroupRecord>> ReadGroupsAsync(string? capability, CancellationToken cancel) =>
        _pool.AskAsync((connection, _) => SharedSql.ReadGroupsAsync(connection, capability, time.GetUtcNow() - options.Retention, cancel), cancel);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
