using Microsoft.Extensions.Logging;

namespace Strangler.Sync;

/// <summary>The log events of the engine: 5000 to 5099.</summary>
internal static partial class Log
{
    [LoggerMessage(5000, LogLevel.Information, "Stream {Stream}: the target is empty, filling it.")]
    public static partial void FirstFill(this ILogger logger, string stream);

    [LoggerMessage(5001, LogLevel.Warning, "Stream {Stream}: changes may have been missed ({Reason}). Making a new slot and reading everything again.")]
    public static partial void Gap(this ILogger logger, string stream, string reason);

    [LoggerMessage(5002, LogLevel.Warning, "Stream {Stream}: {Error} Trying again in {Seconds} s.")]
    public static partial void SessionEnded(this ILogger logger, string stream, string error, double seconds);

    [LoggerMessage(5003, LogLevel.Error, "Stream {Stream} is stopped by a value: {Error}")]
    public static partial void DataRefused(this ILogger logger, string stream, string error);
}
