using System.Buffers;
using Microsoft.AspNetCore.Http;
using Strangler.Core.Compare;
using Strangler.Core.Model;
using Strangler.Proxy.Edge;
using Strangler.Proxy.Shadow.Bodies;
using Yarp.ReverseProxy.Forwarder;

namespace Strangler.Proxy.Shadow.Targets;

/// <summary>
/// Asks a target on behalf of the shadow: no redirects, no cookies of its own, no second try, one total timeout, and nothing kept of a body beyond
/// the capture limit but its digest.
/// </summary>
internal sealed class SideClient(BodyDecoder decoder, ByteBudget budget, ShadowOptions options, TimeProvider time)
{
    /// <summary>Set on what goes to the new side, and nowhere else.</summary>
    public const string ShadowHeader = "Strangler-Shadow";

    /// <summary>Added to the User-Agent of a second look, on both sides, so that access logs tell it from a client's request.</summary>
    public const string SecondLookAgent = "strangler-settle";

    /// <summary>The same for asking legacy a second time only to see its noise.</summary>
    public const string ControlAgent = "strangler-control";

    private const string IdempotencyPrefix = "shadow-";
    private const int Chunk = 16 * 1024;

    /// <summary>The request of an exchange, once more.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="destination">Where it goes.</param>
    /// <param name="path">The path there, unescaped.</param>
    /// <param name="agent">Added to the User-Agent; null for nothing.</param>
    public static HttpRequestMessage Repeat(ShadowExchange exchange, Uri destination, PathString path, string? agent)
    {
        var request = new HttpRequestMessage(new HttpMethod(exchange.Method), AddressOf(destination, path, exchange.Query));
        var headers = exchange.Headers;
        Add(request, "Host", headers.Host);
        Add(request, "X-Forwarded-Host", headers.Host);
        Add(request, "X-Forwarded-Proto", headers.Scheme);
        Add(request, "User-Agent", agent is null ? headers.UserAgent : $"{headers.UserAgent} {agent}".TrimStart());
        Add(request, "Accept", headers.Accept);
        Add(request, "Accept-Language", headers.AcceptLanguage);
        Add(request, "Accept-Encoding", headers.AcceptEncoding);
        Add(request, "Cookie", headers.Cookie);
        if (headers.IdempotencyKey is { } key) Add(request, "Idempotency-Key", IdempotencyPrefix + key);
        if (exchange.Body.IsEmpty && exchange.Kind == ExchangeKind.Read) return request;
        request.Content = new ReadOnlyMemoryContent(exchange.Body);
        if (headers.ContentType is { } type) request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (headers.ContentEncoding is { } encoding) request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        return request;
    }

    /// <summary>Sends a request and reads the answer.</summary>
    /// <param name="target">The target.</param>
    /// <param name="request">The request; disposed.</param>
    /// <param name="capability">Name of the capability on whose account memory is taken.</param>
    /// <param name="cancel">Ends the ask.</param>
    public async Task<AskResult> AskAsync(ShadowTarget target, HttpRequestMessage request, string capability, CancellationToken cancel)
    {
        using var sent = request;
        if (!target.Breaker.TryPass()) return AskResult.Failed(AskFailure.BreakerOpen);
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        AskFailure failure;
        try
        {
            using var response = await target.Client.SendAsync(request, either.Token);
            var result = await ReadAsync(response, capability, either.Token);
            target.Breaker.Answered();
            return result;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            failure = AskFailure.Timeout;
        }
        catch (HttpRequestException error)
        {
            failure = Classify(error);
        }
        catch (IOException)
        {
            failure = AskFailure.Reset;
        }
        catch
        {
            target.Breaker.Cancelled();
            throw;
        }

        target.Breaker.Failed();
        return AskResult.Failed(failure);
    }

    // The edge's own way to an address, so that both sides see the spelling that they see from a client's request.
    private static Uri AddressOf(Uri destination, PathString path, QueryString query) => EncodedSlash.IsIn(path)
        ? new Uri(destination.GetLeftPart(UriPartial.Authority) + EncodedPath.Escape(path.Value!) + query)
        : RequestUtilities.MakeDestinationAddress(destination.AbsoluteUri, path, query);

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) request.Headers.TryAddWithoutValidation(name, value);
    }

    private async Task<AskResult> ReadAsync(HttpResponseMessage response, string capability, CancellationToken cancel)
    {
        var contentType = HeaderOf(response.Content.Headers.NonValidated, "Content-Type");
        var answer = new Answer((int)response.StatusCode, contentType, HeaderOf(response.Headers.NonValidated, "Location"), default)
        {
            Headers = AnswerHeaders.Of(response),
        };

        // Legacy's own streams are never copied: that this one is a stream is difference enough.
        if (EndlessTypes.Has(contentType)) return new AskResult(answer, budget, capability);
        using var kept = new BodyBuffer(budget, capability, options.CaptureLimit);
        var (digest, failure) = await ReadBodyAsync(response, kept, cancel);
        if (failure is not null) return AskResult.Failed(failure.Value);
        if (digest is not null) return new AskResult(answer with { Whole = digest.ToDigest() }, budget, capability);
        return TakeBody(kept, HeaderOf(response.Content.Headers.NonValidated, "Content-Encoding"), capability, out var reason) is { } body
            ? new AskResult(answer with { Body = body }, budget, capability)
            : AskResult.Failed(reason == SkipReason.BytesFull ? AskFailure.BytesFull : AskFailure.Encoding);
    }

    private async Task<(RunningDigest? Digest, AskFailure? Failure)> ReadBodyAsync(HttpResponseMessage response, BodyBuffer kept, CancellationToken cancel)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        RunningDigest? digest = null;
        var chunk = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            int read;
            while ((read = await stream.ReadAsync(chunk, cancel)) > 0)
            {
                if (digest is null && kept.TryAppend(chunk.AsSpan(0, read)) is { } reason)
                {
                    if (reason == SkipReason.BytesFull) return (null, AskFailure.BytesFull);
                    digest = new RunningDigest();
                    digest.Append(kept.Written);
                    kept.Dispose();
                }

                digest?.Append(chunk.AsSpan(0, read));
                if (digest?.Length > options.WholeLimit) return (null, AskFailure.TooLarge);
            }

            return (digest, null);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private byte[]? TakeBody(BodyBuffer kept, string? encoding, string capability, out SkipReason reason)
    {
        reason = SkipReason.BytesFull;
        if (!BodyDecoder.IsPlain(encoding) && kept.Written.Length > 0) return decoder.Decode(kept.ToArray(), encoding!, capability, out reason);
        return budget.TryReserve(capability, kept.Written.Length) ? kept.ToArray() : null;
    }

    private static string? HeaderOf(System.Net.Http.Headers.HttpHeadersNonValidated headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.ToString() : null;

    private static AskFailure Classify(HttpRequestException error) => error.HttpRequestError switch
    {
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError => AskFailure.Refused,
        HttpRequestError.ResponseEnded => AskFailure.Reset,
        _ => error.InnerException is IOException ? AskFailure.Reset : AskFailure.Invalid,
    };
}
