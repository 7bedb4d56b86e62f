using Microsoft.Extensions.Logging;

namespace Strangler.Sync;

/// <summary>The log events of the engine: 5000 to 5099.</summary>
internal static partial class Log
{
    [LoggerMessage(5000, LogLevel.Information, "Stream {Stream}: the target is empty, filling it.")]
    public static partial void FirstFill(this ILogger logger, string stream);

    [LoggerMessage(5001, LogLevel.Warning, "Stream {Stream}: changes may have been missed ({Reason}). Reading everything again.")]
    public static partial void Gap(this ILogger logger, string stream, string reason);

    [LoggerMessage(5002, LogLevel.Warning, "Source {Source}: {Error} Trying again in {Seconds} s.")]
    public static partial void SessionEnded(this ILogger logger, string source, string error, double seconds);

    [LoggerMessage(5003, LogLevel.Error, "Stream {Stream}: {Count} aggregates failed, such as {Entity} {Key}: {Error}. They are tried again; the others go on.")]
    public static partial void AggregateFailed(this ILogger logger, string stream, string entity, string key, string error, int count);

    [LoggerMessage(5004, LogLevel.Warning, "Stream {Stream}: {Error} Trying again in {Seconds} s.")]
    public static partial void StreamEnded(this ILogger logger, string stream, string error, double seconds);

    [LoggerMessage(5005, LogLevel.Warning, "Stream {Stream}: noting which aggregates change instead of applying them, as {Reason}.")]
    public static partial void Spilling(this ILogger logger, string stream, string reason);

    [LoggerMessage(5006, LogLevel.Error, "Stream {Stream}: the journal cannot be written: {Error} The source keeps its log meanwhile.")]
    public static partial void JournalFailed(this ILogger logger, string stream, string error);

    [LoggerMessage(5007, LogLevel.Information, "Source {Source}: making a new slot, as {Reason}.")]
    public static partial void MakingSlot(this ILogger logger, string source, string reason);

    [LoggerMessage(5008, LogLevel.Error, "Stream {Stream}: {Entity} stands still: {Reason}.")]
    public static partial void EntityPaused(this ILogger logger, string stream, string entity, string reason);

    [LoggerMessage(5010, LogLevel.Warning, "Source {Source}: paused by {Actor}: {Reason}. No connection is left, and the source keeps its log until it is resumed.")]
    public static partial void SourcePaused(this ILogger logger, string source, string actor, string reason);

    [LoggerMessage(5011, LogLevel.Information, "Source {Source}: resumed by {Actor}: {Reason}")]
    public static partial void SourceResumed(this ILogger logger, string source, string actor, string reason);

    [LoggerMessage(5012, LogLevel.Information, "Stream {Stream}: {Actor} has everything of {Entity} brought over anew: {Reason}")]
    public static partial void BackfillAsked(this ILogger logger, string stream, string entity, string actor, string reason);

    [LoggerMessage(5009, LogLevel.Information, "Stream {Stream}: {Entity} goes on.")]
    public static partial void EntityResumed(this ILogger logger, string stream, string entity);
}
