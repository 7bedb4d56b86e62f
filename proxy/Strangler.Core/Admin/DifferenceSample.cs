namespace Strangler.Core.Admin;

/// <summary>One difference, with both answers at the place where they differ. Values are redacted before they are stored.</summary>
/// <param name="Id">Names the exchange.</param>
/// <param name="At">When the request came in.</param>
/// <param name="Method">Method of the request.</param>
/// <param name="Path">Path of the request without the query, made anonymous: the pattern, and a hash of what filled it.</param>
/// <param name="LegacyStatus">Status code of the monolith's answer.</param>
/// <param name="NewStatus">Status code of the new side's answer.</param>
/// <param name="Legacy">The value on legacy if a rule shows it, else its type, length and keyed token; null when there is none at that place.</param>
/// <param name="New">The same of the value on the new side.</param>
/// <param name="Plan">Number of the plan under which the exchange was made.</param>
/// <param name="Where">Where exactly in the answer, as a JSON Pointer (RFC 6901); empty for the whole answer.</param>
/// <param name="Build">The new side's build; empty when it is not known.</param>
/// <param name="Size">Bytes of the monolith's answer.</param>
public sealed record DifferenceSample(
    string Id,
    DateTimeOffset At,
    string Method,
    string Path,
    int LegacyStatus,
    int NewStatus,
    string? Legacy = null,
    string? New = null,
    long Plan = 0,
    string Where = "",
    string Build = "",
    long Size = 0);
