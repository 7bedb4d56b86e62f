using System.Net.Sockets;
using Npgsql;

namespace Strangler.Proxy.Plans.Postgres;

/// <summary>Says in one sentence why PostgreSQL did not do what the store asked, and what to do about it.</summary>
internal static class StoreSentence
{
    /// <summary>True for what a database, a network or a time limit can do to us; everything else is a bug.</summary>
    public static bool IsFailure(Exception error, CancellationToken cancel) =>
        error is NpgsqlException or TimeoutException or IOException or SocketException
        || error is OperationCanceledException && !cancel.IsCancellationRequested;

    public static ControlStoreException Of(Exception error, NpgsqlConnectionStringBuilder settings) =>
        new(Say(error, $"the control store at {settings.Host}:{settings.Port}", settings.Username), error);

    private static string Say(Exception error, string store, string? role) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction } =>
            $"{store} has no schema 'strangler', or an old one; run this as the owner of its database: {Command(role)}",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } =>
            $"{store} does not let role '{role}' do what an edge must; run this as the owner of its database: {Command(role)}",
        PostgresException refusal => $"{store} refuses: {refusal.MessageText} ({refusal.SqlState})",
        _ when error is TimeoutException or OperationCanceledException || error.InnerException is TimeoutException => $"{store} did not answer in time",
        _ => $"{store} cannot be reached: {(error.InnerException ?? error).Message}",
    };

    private static string Command(string? role) => $"Strangler.Host --print-control-schema {role} | psql DATABASE";
}
