using Npgsql.Replication.PgOutput;
using Npgsql.Replication.PgOutput.Messages;
using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reading;

/// <summary>Turns messages of pgoutput into changed aggregates. It knows the tables that the stream has described so far.</summary>
internal sealed class RowDecoder(Router router)
{
    private readonly Dictionary<uint, Relation> _relations = [];

    /// <summary>Takes the description of a table.</summary>
    public TableName Describe(RelationMessage message)
    {
        var table = new TableName(message.Namespace, message.RelationName);
        var columns = message.Columns
            .Select(column => (column.ColumnName, column.Flags.HasFlag(RelationMessage.Column.ColumnFlags.PartOfKey)))
            .ToList();
        _relations[message.RelationId] = new Relation(table, columns, router);
        return table;
    }

    /// <summary>The kinds of aggregates that read the table of a message.</summary>
    public IEnumerable<string> Entities(RelationMessage message) => _relations[message.RelationId].Entities;

    /// <summary>Adds what a message has changed; nothing for a message that is no row.</summary>
    public ValueTask DecodeAsync(
        PgOutputReplicationMessage message, Dictionary<DirtyKey, SourceRows?> changes, HashSet<string> stale, CancellationToken cancellation) => message switch
    {
        InsertMessage insert => RouteAsync(insert.Relation, before: null, insert.NewRow, changes, stale, cancellation),
        FullUpdateMessage update => RouteAsync(update.Relation, update.OldRow, update.NewRow, changes, stale, cancellation),
        IndexUpdateMessage update => RouteAsync(update.Relation, update.Key, update.NewRow, changes, stale, cancellation),
        UpdateMessage update => RouteAsync(update.Relation, before: null, update.NewRow, changes, stale, cancellation),
        FullDeleteMessage delete => RouteAsync(delete.Relation, delete.OldRow, after: null, changes, stale, cancellation),
        KeyDeleteMessage delete => RouteAsync(delete.Relation, delete.Key, after: null, changes, stale, cancellation),
        _ => ValueTask.CompletedTask,
    };

    private async ValueTask RouteAsync(
        RelationMessage message,
        ReplicationTuple? before,
        ReplicationTuple? after,
        Dictionary<DirtyKey, SourceRows?> changes,
        HashSet<string> stale,
        CancellationToken cancellation)
    {
        var relation = _relations[message.RelationId];
        // In the order of the wire: the tuples can be read forward only.
        var old = before is null ? null : await ValuesAsync(relation, before, cancellation);
        var now = after is null ? null : await ValuesAsync(relation, after, cancellation);
        relation.Route(old, now, changes);
        stale.UnionWith(relation.Unroutable);
    }

    private static async ValueTask<object?[]> ValuesAsync(Relation relation, ReplicationTuple tuple, CancellationToken cancellation)
    {
        var values = new object?[relation.Needed.Length];
        var index = 0;
        await foreach (var value in tuple.WithCancellation(cancellation))
        {
            if (relation.Needed[index] is { } type)
            {
                values[index] = value.IsUnchangedToastedValue ? Relation.Unsent
                    : value.IsDBNull ? null
                    : await LogValue.ReadAsync(value, type, cancellation);
            }

            index++;
        }

        return values;
    }
}
