namespace Strangler.Core.Resilience;

/// <summary>How one attempt at one side ended: the rows of the fallback table, and what a breaker counts.</summary>
public enum AttemptOutcome
{
    /// <summary>An answer came, and it is not one of those below: the side works, whatever it said.</summary>
    Answered,

    /// <summary>
    /// The side never worked on the request: no destination, connection refused, failed TLS, a stream that HTTP/2 says was not processed
    /// (REFUSED_STREAM, GOAWAY), or a breaker or limit of ours that did not let it through.
    /// </summary>
    NotSent,

    /// <summary>The request may have reached the side, and no answer came: timeout, reset.</summary>
    NoAnswer,

    /// <summary>The side said 429: it is busy, and not broken.</summary>
    Busy,

    /// <summary>The side said 502, 503 or 504.</summary>
    Unavailable,

    /// <summary>The side said another 5xx.</summary>
    Error,

    /// <summary>The answer began and broke off.</summary>
    BrokenOff,

    /// <summary>The client went away: says nothing of the side.</summary>
    Aborted,
}
