namespace Strangler.Core.Model;

/// <summary>What repeating a request of an operation does. It decides what may be copied and what may fall back.</summary>
public enum Semantics
{
    /// <summary>Changes nothing (RFC 9110, 9.2.1): may be copied to the other side and asked again.</summary>
    Safe,

    /// <summary>Repeating changes nothing more (RFC 9110, 9.2.2).</summary>
    Idempotent,

    /// <summary>Repeating is harmless because both stores know the idempotency key.</summary>
    Keyed,

    /// <summary>Repeating does it twice: never copied, never repeated.</summary>
    None,
}
