using Strangler.Core.Rules;

namespace Strangler.Proxy.Plans;

/// <summary>The rules that the edge should start with have errors.</summary>
public sealed class InvalidRulesException(IReadOnlyList<RuleDiagnostic> diagnostics) : Exception("the rules have errors")
{
    /// <summary>Everything that is wrong.</summary>
    public IReadOnlyList<RuleDiagnostic> Diagnostics => diagnostics;
}
