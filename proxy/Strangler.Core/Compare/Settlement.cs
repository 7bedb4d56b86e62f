using System.Runtime.InteropServices;

namespace Strangler.Core.Compare;

/// <summary>The outcome of an exchange whose first comparison found a difference, and what it rests on.</summary>
/// <remarks>
/// <para>
/// <b>What makes a difference stale.</b> The new side was behind when it was first asked, and its later answer equals the stored
/// legacy answer. A later answer that is right proves nothing by itself: a bug that comes and goes looks the same.
/// </para>
/// <para>
/// <b>Why the first ask waits.</b> The watermark always trails by some 100 ms. A copy that is sent the moment legacy has answered
/// would nearly always be "behind", and every bug that comes and goes would pass as stale. So whoever asks holds each copy back
/// until the watermark has passed the end of the legacy answer, for a bounded time (1 s at the edge). The price is memory: about
/// a quarter of a second of legacy answers, within the byte budget that bounds the queue anyway. The gain: on a healthy edge the first
/// ask is always <see cref="Freshness.CaughtUp"/>, a wrong answer that becomes right is <see cref="SettlementReason.CameAndWent"/>, and far
/// fewer exchanges need a second look. Only while the adapters lag by more than the bound is a copy sent with
/// <see cref="Freshness.Behind"/> on record; a bug that comes and goes in just those seconds cannot be told from lag.
/// </para>
/// </remarks>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">What it rests on.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Settlement(Outcome Outcome, SettlementReason Reason)
{
    /// <summary>Decides from everything that was seen.</summary>
    /// <param name="first">The freshness of the new side when it was first asked.</param>
    /// <param name="second">What was seen at the second look, taken once the watermark had passed or the wait was over.</param>
    public static Settlement Judge(Freshness first, SecondLook second)
    {
        if (!HasCaughtUp(first) && !HasCaughtUp(second.Freshness)) return new(Outcome.Undetermined, SettlementReason.WatermarkNotPassed);
        if (second.NewEqualsStored) return JudgeRecovered(first);
        return second.LegacyEqualsStored switch
        {
            true => new(Outcome.Different, SettlementReason.StillDifferent),
            false => new(Outcome.Undetermined, SettlementReason.LegacyChanged),
            null => new(Outcome.Undetermined, SettlementReason.LegacyNotAsked),
        };
    }

    private static Settlement JudgeRecovered(Freshness first) => first switch
    {
        Freshness.Behind => new(Outcome.Stale, SettlementReason.CaughtUpLater),
        Freshness.Unknown => new(Outcome.Undetermined, SettlementReason.LagUnknown),
        _ => new(Outcome.Different, SettlementReason.CameAndWent),
    };

    // A watermark never goes back: once it has passed an instant it has passed it for good.
    private static bool HasCaughtUp(Freshness freshness) => freshness is Freshness.CaughtUp or Freshness.NoAdapters;
}
