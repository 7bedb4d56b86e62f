namespace Strangler.Proxy.Shadow;

/// <summary>Whether legacy is asked a second time in an exchange, and when.</summary>
internal enum ControlTurn
{
    /// <summary>It is not asked.</summary>
    None,

    /// <summary>Before the new side is asked.</summary>
    LegacyFirst,

    /// <summary>After the new side was asked.</summary>
    NewFirst,
}
