using Npgsql;

namespace Strangler.Sync.Applying;

/// <summary>Tells a value that is refused from a store that is not there.</summary>
internal static class DataFault
{
    /// <summary>Whether the target refuses a value: data exceptions (22) and integrity constraints (23); anything else is a fault of the connection.</summary>
    public static bool Is(PostgresException e) => e.SqlState.StartsWith("22", StringComparison.Ordinal) || e.SqlState.StartsWith("23", StringComparison.Ordinal);

    /// <summary>What to note of a refusal: no details, as those repeat the row's values.</summary>
    public static FailedAggregate Of(TargetAggregate aggregate, PostgresException e) => new(
        aggregate.Id, e.SqlState, e.ConstraintName is null ? e.MessageText : $"{e.MessageText} (table {e.SchemaName}.{e.TableName})");
}
