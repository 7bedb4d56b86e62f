namespace Strangler.Proxy.Shadow;

/// <summary>Why a request in a stage that copies was not copied or not compared. Every skip is counted under one of these.</summary>
public enum SkipReason
{
    /// <summary>Not in the sample.</summary>
    SampledOut,

    /// <summary>The request may change something: no safe operation, and no write that the new side would roll back.</summary>
    Method,

    /// <summary>GraphQL, and not a query beyond doubt: a mutation, a subscription, a persisted id, or something that servers may read differently.</summary>
    Graphql,

    /// <summary>A write, and the new side has not shown that it would roll it back.</summary>
    NoHandshake,

    /// <summary>The body of the request is larger than what is kept of one, or was not read to its end.</summary>
    RequestSize,

    /// <summary>A conditional or range request: its answer depends on what the client already holds.</summary>
    Conditional,

    /// <summary>The connection is asked to become something else, such as a WebSocket.</summary>
    Upgrade,

    /// <summary>The answer is an endless stream, such as server-sent events.</summary>
    Streaming,

    /// <summary>The body is too large even for its digest, or too large and compressed, so that unequal digests would tell nothing.</summary>
    Size,

    /// <summary>The body is compressed in a way that the edge cannot read, or grows too large.</summary>
    Encoding,

    /// <summary>The client went away before the answer was complete.</summary>
    ClientAbort,

    /// <summary>Legacy failed: a 5xx, or no complete answer.</summary>
    PrimaryError,

    /// <summary>Too many exchanges wait already.</summary>
    QueueFull,

    /// <summary>The shadow's memory is used up.</summary>
    BytesFull,

    /// <summary>The new side has not answered some times in a row, and is left in peace for a while.</summary>
    BreakerOpen,

    /// <summary>More than half of the capability's last copies have failed; the rest would not tell more.</summary>
    BudgetSpent,

    /// <summary>More copies a second than the rules allow.</summary>
    RateLimited,

    /// <summary>The capability is killed.</summary>
    Killed,

    /// <summary>The plan no longer copies, or the edge stops.</summary>
    Stopped,

    /// <summary>The edge itself failed; the log says how.</summary>
    Failed,
}
