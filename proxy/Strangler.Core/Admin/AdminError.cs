namespace Strangler.Core.Admin;

/// <summary>One finding in a refusal.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="Code">Stable name of the kind of error; null when there is none.</param>
/// <param name="File">Rules file it is in; null when it is not about a file.</param>
/// <param name="Line">Line in the file, from 1; 0 when unknown.</param>
/// <param name="Column">Column in the line, from 1; 0 when unknown.</param>
/// <param name="Hint">What to do about it; null when there is nothing to say.</param>
public sealed record AdminError(
    string Message,
    string? Code = null,
    string? File = null,
    int Line = 0,
    int Column = 0,
    string? Hint = null);
