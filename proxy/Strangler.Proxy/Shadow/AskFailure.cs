namespace Strangler.Proxy.Shadow;

/// <summary>What happened instead of an answer that can be compared.</summary>
internal enum AskFailure
{
    /// <summary>No complete answer within the total timeout.</summary>
    Timeout,

    /// <summary>No connection.</summary>
    Refused,

    /// <summary>The connection broke before the answer was complete.</summary>
    Reset,

    /// <summary>The body is larger than the capture limit.</summary>
    TooLarge,

    /// <summary>The body is compressed in a way that the edge cannot read.</summary>
    Encoding,

    /// <summary>Anything else, such as an answer that is not HTTP.</summary>
    Invalid,
}
