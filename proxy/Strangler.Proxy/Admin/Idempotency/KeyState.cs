namespace Strangler.Proxy.Admin.Idempotency;

/// <summary>What is known of a key.</summary>
internal enum KeyState
{
    /// <summary>Nothing: the caller is the first and must end what it began.</summary>
    First,

    /// <summary>The first request is still being worked on.</summary>
    Running,

    /// <summary>Another request was made with it.</summary>
    Reused,

    /// <summary>The answer is there.</summary>
    Answered,
}
