using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Strangler.Core.Resilience;
using Yarp.ReverseProxy.Forwarder;

namespace Strangler.Proxy.Resilience;

/// <summary>Reads off a request how the attempt that has just ended went.</summary>
internal static class Attempts
{
    // RFC 9113, section 7: the stream was closed before anything was done with it.
    private const long RefusedStream = 0x7;

    /// <summary>The outcome of the attempt that YARP has just made for this request.</summary>
    public static AttemptOutcome OutcomeOf(HttpContext context)
    {
        if (context.Features.Get<IForwarderErrorFeature>() is not { } error || WasAnswered(error)) return Of(context.Response.StatusCode);
        if (context.RequestAborted.IsCancellationRequested || IsOfTheClient(error)) return AttemptOutcome.Aborted;
        if (context.Response.HasStarted) return error.Error == ForwarderError.UpgradeActivityTimeout ? AttemptOutcome.Answered : AttemptOutcome.BrokenOff;
        return WasNotSent(error) ? AttemptOutcome.NotSent : AttemptOutcome.NoAnswer;
    }

    /// <summary>The outcome that a status of a side stands for.</summary>
    public static AttemptOutcome Of(int status) => status switch
    {
        StatusCodes.Status429TooManyRequests => AttemptOutcome.Busy,
        StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout => AttemptOutcome.Unavailable,
        >= 500 => AttemptOutcome.Error,
        _ => AttemptOutcome.Answered,
    };

    // A side may answer in full before it has read the request's body, and then take no more of it. YARP reports that with the bare exception; where
    // the body's failure was the attempt's, it wraps both.
    private static bool WasAnswered(IForwarderErrorFeature error) =>
        error.Error is ForwarderError.RequestBodyClient or ForwarderError.RequestBodyDestination or ForwarderError.RequestBodyCanceled
        && error.Exception is not AggregateException;

    // YARP calls it the client's body, too, when the handler that was sending it has given it up meanwhile; the client's own failures have types.
    private static bool IsOfTheClient(IForwarderErrorFeature error) => error.Error switch
    {
        ForwarderError.ResponseBodyClient or ForwarderError.UpgradeRequestClient or ForwarderError.UpgradeResponseClient => true,
        ForwarderError.RequestBodyClient => error.Exception is AggregateException several
            && several.InnerExceptions.Any(e => e is BadHttpRequestException or ConnectionResetException or ConnectionAbortedException),
        _ => false,
    };

    private static bool WasNotSent(IForwarderErrorFeature error) => error.Error switch
    {
        ForwarderError.NoAvailableDestinations or ForwarderError.RequestCreation => true,
        _ => error.Exception is AggregateException several ? several.InnerExceptions.Any(WasNotSent) : WasNotSent(error.Exception),
    };

    private static bool WasNotSent(Exception? error) => error switch
    {
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
                or HttpRequestError.VersionNegotiationError,
        } => true,

        // The handler's own limit for making a connection; that of the whole attempt has no inner exception.
        OperationCanceledException { InnerException: TimeoutException } => true,
        HttpProtocolException { ErrorCode: RefusedStream } => true,

        // GOAWAY without this stream: the handler has given up repeating it, and says so in words of its own. What breaks off a stream that was taken
        // on bears the words of the protocol's error.
        HttpRequestException { InnerException: HttpProtocolException protocol } goAway when goAway.Message != protocol.Message => true,
        HttpRequestException or IOException => WasNotSent(error.InnerException),
        _ => false,
    };
}
