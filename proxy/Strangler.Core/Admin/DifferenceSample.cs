namespace Strangler.Core.Admin;

/// <summary>One difference, with both answers at the place where they differ. Values are redacted before they are stored.</summary>
/// <param name="Id">Names the exchange.</param>
/// <param name="At">When the request came in.</param>
/// <param name="Method">Method of the request.</param>
/// <param name="Path">Path of the request as the client sent it, without the query.</param>
/// <param name="LegacyStatus">Status code of the monolith's answer.</param>
/// <param name="NewStatus">Status code of the new side's answer.</param>
/// <param name="Legacy">JSON of the value on legacy; null when there is none at that place.</param>
/// <param name="New">JSON of the value on the new side; null when there is none at that place.</param>
/// <param name="Plan">Number of the plan under which the exchange was made.</param>
public sealed record DifferenceSample(
    string Id,
    DateTimeOffset At,
    string Method,
    string Path,
    int LegacyStatus,
    int NewStatus,
    string? Legacy = null,
    string? New = null,
    long Plan = 0);
