using Strangler.Core.Model;

namespace Strangler.Core.Rules;

/// <summary>What reading the rules gave.</summary>
/// <param name="Rules">The rules; null when anything is wrong.</param>
/// <param name="Diagnostics">Everything that is wrong, and warnings, in the order of files and lines.</param>
public sealed record RulesResult(RuleSet? Rules, IReadOnlyList<RuleDiagnostic> Diagnostics)
{
    /// <summary>The environments that some file is for, whether it was asked for or not; sorted.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>What is wrong.</summary>
    public IEnumerable<RuleDiagnostic> Errors => Diagnostics.Where(d => d.Severity == RuleSeverity.Error);

    /// <summary>What should be known, though the rules can be used.</summary>
    public IEnumerable<RuleDiagnostic> Warnings => Diagnostics.Where(d => d.Severity == RuleSeverity.Warning);
}
