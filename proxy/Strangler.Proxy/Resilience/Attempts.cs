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
        if (context.Features.Get<IForwarderErrorFeature>() is not { } error) return Of(context.Response.StatusCode);
        if (context.RequestAborted.IsCancellationRequested) return AttemptOutcome.Aborted;
        if (context.Response.HasStarted) return AttemptOutcome.BrokenOff;
        return IsNotSent(error) ? AttemptOutcome.NotSent : AttemptOutcome.NoAnswer;
    }

    /// <summary>The outcome that a status of a side stands for.</summary>
    public static AttemptOutcome Of(int status) => status switch
    {
        StatusCodes.Status429TooManyRequests => AttemptOutcome.Busy,
        StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status504GatewayTimeout => AttemptOutcome.Unavailable,
        >= 500 => AttemptOutcome.Error,
        _ => AttemptOutcome.Answered,
    };

    private static bool IsNotSent(IForwarderErrorFeature error) =>
        error.Error == ForwarderError.NoAvailableDestinations
        || error.Exception is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
        }
        || error.Exception?.InnerException is HttpProtocolException { ErrorCode: RefusedStream };
}
