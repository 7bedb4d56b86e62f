namespace Strangler.Proxy.Shadow.Targets;

/// <summary>What happened instead of an answer that can be compared.</summary>
internal enum AskFailure
{
    /// <summary>No complete answer within the total timeout.</summary>
    Timeout,

    /// <summary>No connection.</summary>
    Refused,

    /// <summary>The connection broke before the answer was complete.</summary>
    Reset,

    /// <summary>The body is larger than what is read even for its digest.</summary>
    TooLarge,

    /// <summary>Anything else, such as an answer that is not HTTP.</summary>
    Invalid,

    /// <summary>The body is compressed in a way that the edge cannot read, or grows too large. Nothing that the side is to blame for.</summary>
    Encoding,

    /// <summary>The shadow's memory is used up. It was not the side's fault.</summary>
    BytesFull,

    /// <summary>It was not asked: it has not answered for a while.</summary>
    BreakerOpen,
}
