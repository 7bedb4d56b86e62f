using Strangler.Core.Model;

namespace Strangler.Core.Resilience;

/// <summary>
/// When a request that the new side could not answer may be asked of legacy: by how the attempt ended, by what repeating does, and by who owns the
/// data. "Idempotent" holds within one store only: a PUT that may have been applied on the new side can be brought over later, above legacy's newer
/// value, so that the owner decides and not the method alone.
/// </summary>
public static class FallbackTable
{
    /// <summary>What to do after an attempt at the new side.</summary>
    /// <param name="outcome">How the attempt ended.</param>
    /// <param name="request">The request.</param>
    public static FallbackAction Decide(AttemptOutcome outcome, in FallbackCase request) => outcome switch
    {
        AttemptOutcome.NotSent => AfterNotSent(request),
        AttemptOutcome.NoAnswer => AfterNoAnswer(request),
        AttemptOutcome.Busy or AttemptOutcome.Unavailable => AfterUnavailable(request),
        AttemptOutcome.Error => AfterError(request),
        AttemptOutcome.BrokenOff or AttemptOutcome.Aborted => FallbackAction.Abort,
        _ => FallbackAction.PassThrough,
    };

    /// <summary>True when any outcome lets the request fall back: otherwise its body need not be kept.</summary>
    public static bool CanEverFallBack(in FallbackCase request) => AfterNotSent(request) == FallbackAction.FallBack;

    // Every cell that falls back after a request was sent also does when it was not.
    private static FallbackAction AfterNotSent(in FallbackCase request) =>
        IsRead(request) || LegacyTakesWrites(request) ? FallbackAction.FallBack : FallbackAction.Refuse;

    private static FallbackAction AfterNoAnswer(in FallbackCase request) =>
        IsRead(request) || request is { Semantics: Semantics.Keyed, HasSharedKey: true } && LegacyTakesWrites(request)
            ? FallbackAction.FallBack
            : FallbackAction.Fail;

    private static FallbackAction AfterUnavailable(in FallbackCase request) =>
        IsRead(request)
        || request is { Semantics: Semantics.Idempotent or Semantics.Keyed, SaidNotExecuted: true } && LegacyTakesWrites(request)
            ? FallbackAction.FallBack
            : FallbackAction.PassThrough;

    private static FallbackAction AfterError(in FallbackCase request) =>
        IsRead(request) && request.ErrorsFallBack ? FallbackAction.FallBack : FallbackAction.PassThrough;

    private static bool IsRead(in FallbackCase request) => request is { Semantics: Semantics.Safe, IsRetired: false };

    private static bool LegacyTakesWrites(in FallbackCase request) =>
        request is { Owner: Side.Legacy, IsRetired: false } && request.Semantics != Semantics.Safe;
}
