using Strangler.Proxy.Plans.Postgres;
using Strangler.Proxy.Shadow.Evidence;
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
    private readonly Dictionary<(Guid Writer, string Capability), StoredEvidence> _others = [];
    private DateTime _read = DateTime.MinValue.ToUniversalTime();

    /// <summary>Adds a batch to what is stored, once however often it is tried.</summary>
    /// <param name="batch">What comes on top.</param>
    /// <param name="isJudged">The groups that somebody has judged are the last to go.</param>
    /// <param name="cancel">Ends the wait; the batch may have been stored all the same.</param>
    /// <returns>What the other edges have seen within the last hour.</returns>
    /// <exception cref="Plans.ControlStoreException">The store is away; the same batch is to be tried again.</exception>
    public Task<IReadOnlyList<EvidenceDocument>> WriteAsync(SharedBatch batch, Func<string, bool> isJudged, CancellationToken cancel) =>
        _pool.AskAsync(async (connection, _) =>
        {
            if (!batch.IsEmpty) await SharedSql.WriteAsync(connection, _writer, batch, new GroupQuota(options, time.GetUtcNow(), isJudged), cancel);
            Forget();
            foreach (var changed in await SharedSql.ReadEvidenceAsync(connection, _writer, _read, cancel)) Put(changed);
            return (IReadOnlyList<EvidenceDocument>)[.. _others.Values.Select(stored => stored.Document)];
        }, cancel);

    /// <summary>The groups of all edges.</summary>
    /// <param name="capability">Only of this capability; null for all.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="Plans.ControlStoreException">The store is away.</exception>
    public Task<IReadOnlyList<GroupRecord>> ReadGroupsAsync(string? capability, CancellationToken cancel) =>
        _pool.AskAsync((connection, _) => SharedSql.ReadGroupsAsync(connection, capability, time.GetUtcNow() - options.Retention, cancel), cancel);

    private void Put(StoredEvidence changed)
    {
        _others[(changed.Writer, changed.Document.Capability)] = changed;
        if (changed.CountedAt > _read) _read = changed.CountedAt;
    }

    // What an edge that has ended saw is part of the hour until the hour is over.
    private void Forget()
    {
        foreach (var old in _others.Where(pair => time.GetUtcNow().UtcDateTime - pair.Value.CountedAt > SharedSql.EvidenceAge).ToList()) _others.Remove(old.Key);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
