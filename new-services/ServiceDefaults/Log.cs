using Microsoft.Extensions.Logging;

namespace ServiceDefaults;

/// <summary>Every event that the defaults log. The ids are public: never give an old one a new meaning.</summary>
internal static partial class Log
{
    [LoggerMessage(7000, LogLevel.Information, "Applied migration {Name}.")]
    public static partial void MigrationApplied(ILogger logger, string name);

    [LoggerMessage(7001, LogLevel.Warning, "Migrations wait for the database: {Reason} Trying again until it works.")]
    public static partial void MigrationsWait(ILogger logger, string reason);

    [LoggerMessage(7002, LogLevel.Information, "The database has the schema of this version.")]
    public static partial void MigrationsDone(ILogger logger);

    [LoggerMessage(7003, LogLevel.Warning, "Not ready: {Reason}")]
    public static partial void NotReady(ILogger logger, string reason);

    [LoggerMessage(7004, LogLevel.Information, "Ready.")]
    public static partial void Ready(ILogger logger);

    [LoggerMessage(7005, LogLevel.Warning, "The access log {Path} cannot be written: {Reason}")]
    public static partial void AccessLogFailed(ILogger logger, string path, string reason);
}
