using Strangler.Core.Compare;

namespace Strangler.Proxy.Shadow;

/// <summary>An exchange whose answers differed when the new side was first asked.</summary>
/// <param name="Exchange">The exchange, with legacy's body as text.</param>
/// <param name="Comparison">What differed.</param>
/// <param name="Rules">Version of the capability's compare rules.</param>
/// <param name="NewStatus">Status code of the new side's answer; 0 when there was none.</param>
/// <param name="NewBuild">The new side's build, if the rules name a header for it; empty when it is not known.</param>
/// <param name="Control">Legacy's second answer compared with its first; null when legacy was not asked twice, or gave no answer.</param>
/// <param name="Watermark">The adapters' watermark right before the ask; null when there was none.</param>
/// <param name="Answered">When the new side had answered.</param>
internal sealed record FirstLook(
    ShadowExchange Exchange,
    Comparison Comparison,
    string Rules,
    int NewStatus,
    string NewBuild,
    Comparison? Control,
    Watermark? Watermark,
    DateTimeOffset Answered);
