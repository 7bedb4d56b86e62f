using Npgsql.Replication.PgOutput;
using Npgsql.Replication.PgOutput.Messages;
using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reading;

/// <summary>Turns messages of pgoutput into row changes. It knows the tables that the stream has described so far.</summary>
internal sealed class RowDecoder(Router router)
{
    private readonly Dictionary<uint, Relation> _relations = [];

    /// <summary>Takes the description of a table.</summary>
    /// <exception cref="UnroutableTableException">The table is not mapped, or its old rows do not say to which aggregate they belonged.</exception>
    public void Describe(RelationMessage message)
    {
        var table = new TableName(message.Namespace, message.RelationName);
        var needed = router.RoutingColumns(table);
        if (needed.Count == 0)
        {
            throw new UnroutableTableException($"The publication has the table {table}, which no mapping reads: run install again.");
        }

        var columns = new string?[message.Columns.Count];
        foreach (var name in needed)
        {
            var index = message.Columns.ToList().FindIndex(column => column.ColumnName == name);
            if (index < 0)
            {
                throw new UnroutableTableException($"The table {table} has no column {name} any more, by which its rows are routed.");
            }

            if (!message.Columns[index].Flags.HasFlag(RelationMessage.Column.ColumnFlags.PartOfKey))
            {
                throw new UnroutableTableException(
                    $"The replica identity of {table} does not contain {name}: a deleted row could not be routed. Run install again.");
            }

            columns[index] = name;
        }

        _relations[message.RelationId] = new Relation(table, columns);
    }

    /// <summary>The table of a message.</summary>
    public TableName Table(RelationMessage message) => _relations[message.RelationId].Table;

    /// <summary>The change of a row; null for a message that is no row.</summary>
    public async ValueTask<RowChange?> DecodeAsync(PgOutputReplicationMessage message, CancellationToken cancellation)
    {
        switch (message)
        {
            case InsertMessage insert:
                return await ChangeAsync(insert.Relation, before: null, insert.NewRow, cancellation);
            case FullUpdateMessage update:
                return await ChangeAsync(update.Relation, update.OldRow, update.NewRow, cancellation);
            case IndexUpdateMessage update:
                return await ChangeAsync(update.Relation, update.Key, update.NewRow, cancellation);
            case UpdateMessage update:
                return await ChangeAsync(update.Relation, before: null, update.NewRow, cancellation);
            case FullDeleteMessage delete:
                return await ChangeAsync(delete.Relation, delete.OldRow, after: null, cancellation);
            case KeyDeleteMessage delete:
                return await ChangeAsync(delete.Relation, delete.Key, after: null, cancellation);
            default:
                return null;
        }
    }

    private async ValueTask<RowChange> ChangeAsync(
        RelationMessage message, ReplicationTuple? before, ReplicationTuple? after, CancellationToken cancellation)
    {
        var relation = _relations[message.RelationId];
        // In the order of the wire: the tuples can be read forward only.
        var old = before is null ? null : await ValuesAsync(relation, before, cancellation);
        var now = after is null ? null : await ValuesAsync(relation, after, cancellation);
        return new RowChange(relation.Table, old, now);
    }

    private static async ValueTask<Dictionary<string, string?>> ValuesAsync(
        Relation relation, ReplicationTuple tuple, CancellationToken cancellation)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        var index = 0;
        await foreach (var value in tuple.WithCancellation(cancellation))
        {
            if (relation.Columns[index++] is { } name)
            {
                values[name] = value.IsDBNull ? null : AggregateKey.Format((await value.Get<object>(cancellation))!);
            }
        }

        return values;
    }

    /// <summary>A described table.</summary>
    /// <param name="Table">Its name.</param>
    /// <param name="Columns">By position, the name of a column that routes; null for one that does not.</param>
    private sealed record Relation(TableName Table, string?[] Columns);
}
