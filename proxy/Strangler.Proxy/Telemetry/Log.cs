using Microsoft.Extensions.Logging;
using Strangler.Core.Rules;

namespace Strangler.Proxy.Telemetry;

/// <summary>All log events of the edge: 1000 edge, 2000 shadow, 3000 rules and plans, 6000 admin. Numbers are public and are not used again.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Information, "{Operation}: the new side could not answer ({Failure}); legacy is asked")]
    public static partial void FellBack(this ILogger log, string operation, string failure);

    [LoggerMessage(1002, LogLevel.Warning, "{Side} {Address} does not answer ({Error}); the edge starts and goes on asking it")]
    public static partial void DestinationAway(this ILogger log, string side, Uri address, string error);

    [LoggerMessage(1003, LogLevel.Warning, "the edge signs its cookies with the keys in {File}; several edges must share theirs: set STRANGLER_VISITOR_KEYS or STRANGLER_VISITOR_KEYS_FILE")]
    public static partial void OwnVisitorKeys(this ILogger log, string file);

    [LoggerMessage(1004, LogLevel.Error, "the visitor keys in {File} cannot be kept ({Error}); clients get cookies that a restart of this edge forgets")]
    public static partial void VisitorKeysNotKept(this ILogger log, string file, string error);

    [LoggerMessage(1010, LogLevel.Warning, "{Capability}: the breaker of {Side} opens: {Failed} of {Results} results failed")]
    public static partial void BreakerOpened(this ILogger log, string capability, string side, long failed, long results);

    [LoggerMessage(1011, LogLevel.Information, "{Capability}: the breaker of {Side} is half-open: {Admitted:0} % of the units are let in")]
    public static partial void BreakerHalfOpen(this ILogger log, string capability, string side, double admitted);

    [LoggerMessage(1012, LogLevel.Information, "{Capability}: the breaker of {Side} is closed")]
    public static partial void BreakerClosed(this ILogger log, string capability, string side);

    [LoggerMessage(1020, LogLevel.Information, "told to stop: not ready from now on; still listening for {Seconds:0.#} s; {LongLived} long-lived connections will be ended")]
    public static partial void Draining(this ILogger log, double seconds, int longLived);

    [LoggerMessage(2001, LogLevel.Error, "{Operation}: an exchange could not be compared; the client's answer was not touched")]
    public static partial void ShadowFailed(this ILogger log, Exception error, string operation);

    [LoggerMessage(2002, LogLevel.Warning, "the adapters at {Address} do not tell their watermark ({Error}); until they do, differences stay undetermined and whoever writes reads from legacy")]
    public static partial void AdaptersAway(this ILogger log, Uri address, string error);

    [LoggerMessage(2003, LogLevel.Warning, "{Address} is not believed any more to roll back copied writes: {Why}; none is sent there until it shows it again")]
    public static partial void DryRunRevoked(this ILogger log, Uri address, string why);

    [LoggerMessage(2010, LogLevel.Warning, "evidence and differences stay in this edge's memory: {Error}")]
    public static partial void SharedStoreAway(this ILogger log, string error);

    [LoggerMessage(2011, LogLevel.Information, "evidence and differences go to the control store again; nothing that was counted meanwhile is lost")]
    public static partial void SharedStoreBack(this ILogger log);

    [LoggerMessage(2012, LogLevel.Information, "tokens of values that are not shown are made with a key of this start's own; set STRANGLER_TOKEN_KEY or STRANGLER_TOKEN_KEY_FILE so that they stay the same after a restart and on all edges")]
    public static partial void OwnTokenKey(this ILogger log);

    [LoggerMessage(3001, LogLevel.Information, "plan {Plan} in force: {Verb} {Capability} by {Actor}: {Changes}")]
    public static partial void PlanChanged(this ILogger log, long plan, string verb, string capability, string actor, string changes);

    [LoggerMessage(3002, LogLevel.Error, "{Verb} could not be saved; plan {Plan} was in force")]
    public static partial void ChangeNotSaved(this ILogger log, Exception error, string verb, long plan);

    [LoggerMessage(3003, LogLevel.Warning, "{Warning}")]
    public static partial void RulesWarning(this ILogger log, RuleDiagnostic warning);

    [LoggerMessage(3020, LogLevel.Warning, "STALE: the control store is away ({Error}); plan {Plan} stays in force, and only kill works")]
    public static partial void StoreAway(this ILogger log, string error, long plan);

    [LoggerMessage(3021, LogLevel.Information, "the control store is back after {Seconds:0.0} s")]
    public static partial void StoreBack(this ILogger log, double seconds);

    [LoggerMessage(3022, LogLevel.Information, "plan {Plan} in force: taken from the {Store} store")]
    public static partial void PlanTaken(this ILogger log, long plan, string store);

    [LoggerMessage(3023, LogLevel.Error, "plan {Refused} of the store is refused, plan {Plan} stays in force: {Reason}")]
    public static partial void PlanRefused(this ILogger log, long refused, string reason, long plan);

    [LoggerMessage(3024, LogLevel.Warning, "{Capabilities} killed by {Actor} as a local override of this edge: {Reason}")]
    public static partial void Overridden(this ILogger log, string capabilities, string actor, string reason);

    [LoggerMessage(3025, LogLevel.Warning, "{File} in the state folder cannot be written: {Error}")]
    public static partial void LocalFileNotWritten(this ILogger log, string file, string error);

    [LoggerMessage(3026, LogLevel.Warning, "plan {Plan}: {Reason}")]
    public static partial void RoutesLate(this ILogger log, long plan, string reason);

    [LoggerMessage(3027, LogLevel.Warning, "the kill file names '{Name}', which is no capability of the rules; that line does nothing")]
    public static partial void KillFileNamesUnknown(this ILogger log, string name);

    [LoggerMessage(3028, LogLevel.Warning, "the kill file cannot be read: {Error}")]
    public static partial void KillFileUnreadable(this ILogger log, string error);

    [LoggerMessage(6001, LogLevel.Warning, "no admin token: set STRANGLER_ADMIN_TOKEN or STRANGLER_ADMIN_TOKEN_FILE; until then the admin API takes only the tokens that the plan knows")]
    public static partial void NoAdminToken(this ILogger log);
}
