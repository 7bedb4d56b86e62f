using Npgsql;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Applying;

/// <summary>
/// The transaction of a lane in which something is refused: halves, with savepoints, until the aggregates that are at fault stand alone.
/// Those are noted; all others are written, and the position moves on.
/// </summary>
internal sealed class CarefulTransaction(LaneSession session, WriteSql sql, LaneWrite write)
{
    // A rule that refuses everything must not cost a savepoint for every row there is.
    private const int MostFailures = 100;

    // Where many have exchanged values, dividing only parts them: they are left to be tried together.
    private const int MostThatMayPass = 10;

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

    /// <summary>
    /// Alone none of them can be written, but perhaps all together: they may have exchanged unique values, or refer to each other. Those that
    /// something else stands in the way of are left out, until the rest can be.
    /// </summary>
    private async Task TryLeftoversAsync(ChangeSet all, CancellationToken cancellation)
    {
        var keys = _failed.Where(failure => failure.MayPass).Select(failure => failure.Id).ToHashSet();
        var left = Split(all).FindAll(aggregate => keys.Contains(aggregate.Id));
        while (left.Count > 1)
        {
            if (await TryAsync(Join(left), replace: true, cancellation) is null)
            {
                Take(Join(left));
                _failed.RemoveAll(failure => left.Exists(aggregate => aggregate.Id == failure.Id));
                return;
            }

            var blocked = await BlockedAsync(left, cancellation);
            _failed.RemoveAll(failure => blocked.ContainsKey(failure.Id));
            _failed.AddRange(blocked.Values);
            if (left.RemoveAll(aggregate => blocked.ContainsKey(aggregate.Id)) == 0)
            {
                return;
            }
        }
    }

    /// <summary>Which of them cannot be written even when the rows of all of them are out of the way; nothing is left written.</summary>
    private async Task<Dictionary<DirtyKey, FailedAggregate>> BlockedAsync(List<TargetAggregate> left, CancellationToken cancellation)
    {
        var blocked = new Dictionary<DirtyKey, FailedAggregate>();
        await ExecuteAsync("savepoint trial", cancellation);
        if (await TryAsync(new ChangeSet([], left, 0, left.Count), replace: false, cancellation) is null)
        {
            foreach (var aggregate in left)
            {
                if (await TryAsync(Only(aggregate), replace: false, cancellation) is { } refusal)
                {
                    blocked.Add(aggregate.Id, DataFault.Of(aggregate, refusal));
                }
            }
        }

        await ExecuteAsync("rollback to trial; release trial", cancellation);
        return blocked;
    }

    private async Task DivideAsync(ChangeSet part, CancellationToken cancellation)
    {
        var aggregates = Split(part);
        if (aggregates.Count == 0)
        {
            return;
        }

        if (_last is { } last && (_failed.Count >= MostFailures || (last.MayPass && _failed.Count >= MostThatMayPass)))
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
            await ExecuteAsync("rollback to part; release part", cancellation);
            return e;
        }
    }

    private async Task ExecuteAsync(string text, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(text, session.Connection);
        await command.ExecuteNonQueryAsync(cancellation);
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
