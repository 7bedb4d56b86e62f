namespace Strangler.Proxy.Resilience.LongLived;

/// <summary>Why a connection is ended; the values are the status codes of a WebSocket's close frame (RFC 6455, 7.4 and the IANA registry).</summary>
internal enum EndReason
{
    /// <summary>The edge stops.</summary>
    GoingAway = 1001,

    /// <summary>The plan has sent the client to the other side: it should come again.</summary>
    ServiceRestart = 1012,
}
