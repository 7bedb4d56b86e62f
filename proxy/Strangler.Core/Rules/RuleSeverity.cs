namespace Strangler.Core.Rules;

/// <summary>Whether rules with such a finding can be used.</summary>
public enum RuleSeverity
{
    /// <summary>They cannot: the running plan stays.</summary>
    Error,

    /// <summary>They can, but something in them does not do what one might think.</summary>
    Warning,
}
