using Npgsql;

namespace LegacyShop.Data;

/// <summary>Tells "the database is away" from a mistake in our own SQL.</summary>
internal static class DatabaseFault
{
    /// <summary>True when trying again later may help, or when the database has not been set up.</summary>
    public static bool IsAway(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable } => true,
        PostgresException e => e.IsTransient || e.SqlState[..2] is "08" or "28" or "3D" or "53" or "57",
        NpgsqlException => true,
        _ => false,
    };
}
