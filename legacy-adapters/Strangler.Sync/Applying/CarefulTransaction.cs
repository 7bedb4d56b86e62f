using Npgsql;

namespace Strangler.Sync.Applying;

/// <summary>
/// The transaction of a lane in which something is refused: halves, with savepoints, until the aggregates that are at fault stand alone.
/// Those are noted; all others are written, and the position moves on.
/// </summary>
internal sealed class CarefulTransaction(LaneSession session, WriteSql sql, LaneWrite write)
{
    // A rule that refuses everything must not cost a savepoint for every row there is.
    private const int MostFailures = 100;

    private readonly List<FailedAggregate> _failed = [.. write.Failed];
    private readonly List<TargetAggregate> _changed = [];
    private readonly List<TargetAggregate> _gone = [];
    private FailedAggregate? _last;

    /// <summary>Runs it.</summary>
    public async Task<WriteOutcome> RunAsync(CancellationToken cancellation)
    {
        var hashes = await LaneTransaction.BeginAsync(session, sql, write, cancellation);
        var all = ChangeSet.Of(write.Aggregates, hashes);
        await DivideAsync(all with { Changed = Without(all.Changed), Gone = Without(all.Gone) }, cancellation);
        foreach (var suspect in Split(all).Where(part => write.Suspects.Contains(part.Id)))
        {
            await DivideAsync(Only(suspect), cancellation);
        }

        await TryLeftoversAsync(all, cancellation);
        if (write.AllOrNothing && _failed is [var first, ..])
        {
            throw new AggregateRefusedException(first);
        }

        var written = new ChangeSet(_changed, _gone, all.Equal, _changed.Count + _gone.Count);
        await using var batch = new NpgsqlBatch(session.Connection);
        sql.AddBookkeeping(batch, write, written, _failed, session);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        await batch.ExecuteNonQueryAsync(cancellation);
        return new WriteOutcome(written.Count, all.Equal, _failed);
    }

    /// <summary>Alone none of them can be written, but perhaps all together: they may have exchanged unique values, or refer to each other.</summary>
    private async Task TryLeftoversAsync(ChangeSet all, CancellationToken cancellation)
    {
        var keys = _failed.Where(failure => failure.MayPass).Select(failure => failure.Id).ToHashSet();
        if (keys.Count > 1)
        {
            var leftovers = Join(Split(all).FindAll(aggregate => keys.Contains(aggregate.Id)));
            if (await TryAsync(leftovers, replace: true, cancellation) is null)
            {
                Take(leftovers);
                _failed.RemoveAll(failure => keys.Contains(failure.Id));
            }
        }
    }

    private async Task DivideAsync(ChangeSet part, CancellationToken cancellation)
    {
        var aggregates = Split(part);
        if (aggregates.Count == 0)
        {
            return;
        }

        if (_failed.Count >= MostFailures && _last is { } last)
        {
            _failed.AddRange(aggregates.Select(aggregate => last with { Id = aggregate.Id }));
            return;
        }

        if (await TryAsync(part, replace: false, cancellation) is not { } refusal)
        {
            Take(part);
            return;
        }

        // Two of them may have exchanged a unique value.
        if (refusal.SqlState == PostgresErrorCodes.UniqueViolation && aggregates.Count > 1
            && await TryAsync(part, replace: true, cancellation) is null)
        {
            Take(part);
            return;
        }

        if (aggregates is [var only])
        {
            _last = DataFault.Of(only, refusal);
            _failed.Add(_last);
            return;
        }

        var half = aggregates.Count / 2;
        await DivideAsync(Join(aggregates[..half]), cancellation);
        await DivideAsync(Join(aggregates[half..]), cancellation);
    }

    private async Task<PostgresException?> TryAsync(ChangeSet part, bool replace, CancellationToken cancellation)
    {
        try
        {
            await using var batch = new NpgsqlBatch(session.Connection);
            batch.BatchCommands.Add(new NpgsqlBatchCommand("savepoint part"));
            sql.AddStates(batch, part, replace);
            batch.BatchCommands.Add(new NpgsqlBatchCommand("release part"));
            await batch.ExecuteNonQueryAsync(cancellation);
            return null;
        }
        catch (PostgresException e) when (DataFault.Is(e))
        {
            await using var command = new NpgsqlCommand("rollback to part; release part", session.Connection);
            await command.ExecuteNonQueryAsync(cancellation);
            return e;
        }
    }

    private void Take(ChangeSet part)
    {
        _changed.AddRange(part.Changed);
        _gone.AddRange(part.Gone);
    }

    private List<TargetAggregate> Without(IReadOnlyList<TargetAggregate> aggregates) =>
        [.. aggregates.Where(aggregate => !write.Suspects.Contains(aggregate.Id))];

    private static List<TargetAggregate> Split(ChangeSet part) => [.. part.Changed, .. part.Gone];

    private static ChangeSet Only(TargetAggregate aggregate) => Join([aggregate]);

    private static ChangeSet Join(List<TargetAggregate> aggregates) => new(
        aggregates.FindAll(aggregate => aggregate.State is not null), aggregates.FindAll(aggregate => aggregate.State is null), 0, aggregates.Count);
}
