using Strangler.Core.Model;

namespace Strangler.Core.Rules;

/// <summary>What reading the rules gave.</summary>
/// <param name="Rules">The rules; null when anything is wrong.</param>
/// <param name="Diagnostics">Everything that is wrong, in the order of files and lines.</param>
public sealed record RulesResult(RuleSet? Rules, IReadOnlyList<RuleDiagnostic> Diagnostics);
