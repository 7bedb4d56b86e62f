namespace Strangler.Core.Rules;

/// <summary>One thing that is wrong with the rules.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Code">Stable name of the kind of error, for example <c>unknown-key</c>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What to do, or null.</param>
public sealed record RuleDiagnostic(string File, int Line, int Column, string Code, string Message, string? Hint)
{
    /// <summary><c>file:line:column code message (hint)</c>.</summary>
    public override string ToString() =>
        $"{File}:{Line}:{Column} {Code} {Message}{(Hint is null ? "" : $" ({Hint})")}";
}
