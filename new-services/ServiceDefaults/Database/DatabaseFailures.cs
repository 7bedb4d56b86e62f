using Npgsql;

namespace ServiceDefaults.Database;

/// <summary>Tells a database that is away, which passes, from a fault of ours, which does not.</summary>
internal static class DatabaseFailures
{
    // Connection lost, login refused, database missing, resources exhausted, server stopping or starting.
    private static readonly string[] UnavailableClasses = ["08", "28", "3D", "53", "57P"];

    /// <summary>Whether the same request may well succeed once the database is back.</summary>
    public static bool IsUnavailable(Exception failure) => failure switch
    {
        PostgresException refused => UnavailableClasses.Any(start => refused.SqlState.StartsWith(start, StringComparison.Ordinal)),
        NpgsqlException lost => lost.IsTransient || lost.InnerException is IOException or TimeoutException,
        TimeoutException => true,
        _ => false,
    };
}
