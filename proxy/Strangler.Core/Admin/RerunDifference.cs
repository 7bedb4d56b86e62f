namespace Strangler.Core.Admin;

/// <summary>One difference of a rerun.</summary>
/// <param name="Fingerprint">The group that it belongs to.</param>
/// <param name="Kind">What kind of deviation.</param>
/// <param name="Path">Where in the answer.</param>
/// <param name="Legacy">The value on legacy if a rule shows it, else its type, length and keyed token; null when there is none at that place.</param>
/// <param name="New">The same of the value on the new side.</param>
public sealed record RerunDifference(string Fingerprint, string Kind, string Path, string? Legacy, string? New);
