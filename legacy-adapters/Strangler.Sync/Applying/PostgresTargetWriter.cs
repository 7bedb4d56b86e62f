using Npgsql;
using Strangler.Sync.Mapping;

namespace Strangler.Sync.Applying;

/// <summary>Writes a target in PostgreSQL: data, bookkeeping and position in one transaction, set by set.</summary>
internal sealed class PostgresTargetWriter(string connectionString, string stream, IReadOnlyList<AggregateMapping> mappings, int lanes, TimeProvider clock) : ITargetWriter
{
    private readonly LaneSession?[] _sessions = new LaneSession?[lanes];
    private readonly WriteSql _sql = new(stream, mappings);

    /// <inheritdoc/>
    public async Task<WriteOutcome> WriteAsync(LaneWrite write, CancellationToken cancellation)
    {
        var session = _sessions[write.Lane] ??= await LaneSession.OpenAsync(connectionString, stream, write.Lane, clock, cancellation);
        try
        {
            if (write.Suspects.Count == 0 && (write.Failed.Count == 0 || !write.AllOrNothing))
            {
                try
                {
                    return await new LaneTransaction(session, _sql, write).RunAsync(cancellation);
                }
                catch (PostgresException e) when (DataFault.Is(e))
                {
                    await LaneTransaction.RollBackAsync(session, cancellation);
                }
            }

            return await new CarefulTransaction(session, _sql, write).RunAsync(cancellation);
        }
        catch
        {
            // Whatever its state is: the next write begins with a new session.
            _sessions[write.Lane] = null;
            await session.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task CloseAsync()
    {
        for (var lane = 0; lane < _sessions.Length; lane++)
        {
            if (Interlocked.Exchange(ref _sessions[lane], null) is { } session)
            {
                await session.DisposeAsync();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await CloseAsync();
}
