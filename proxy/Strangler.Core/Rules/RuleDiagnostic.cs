namespace Strangler.Core.Rules;

/// <summary>One thing that is wrong with the rules, or that should be known about them.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Code">Stable name of the kind of finding, one of <see cref="RuleCodes"/>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What to do, or null.</param>
public sealed record RuleDiagnostic(string File, int Line, int Column, string Code, string Message, string? Hint)
{
    /// <summary>Whether the rules can be used all the same. Default: an error, they cannot.</summary>
    public RuleSeverity Severity { get; init; } = RuleSeverity.Error;

    /// <summary><c>file:line:column code message (hint)</c>, with <c>warning</c> before the code of a warning.</summary>
    public override string ToString() =>
        $"{File}:{Line}:{Column} {(Severity == RuleSeverity.Warning ? "warning " : "")}{Code} {Message}{(Hint is null ? "" : $" ({Hint})")}";
}
