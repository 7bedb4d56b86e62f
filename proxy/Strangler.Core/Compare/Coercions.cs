namespace Strangler.Core.Compare;

/// <summary>Values of different types that a rule takes for equal. Each use is noted as <c>coerced</c>.</summary>
[Flags]
public enum Coercions
{
    /// <summary>None: the default.</summary>
    None = 0,

    /// <summary>A number and a text of the same number.</summary>
    NumericString = 1,

    /// <summary>true and "true", false and "false".</summary>
    BoolString = 2,

    /// <summary>null and a missing field.</summary>
    NullMissing = 4,

    /// <summary>null and an empty text.</summary>
    EmptyNull = 8,
}
