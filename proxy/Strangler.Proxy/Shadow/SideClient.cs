using Microsoft.AspNetCore.Http;
using Strangler.Core.Compare;
using Strangler.Core.Routing;
using Strangler.Proxy.Edge;
using Yarp.ReverseProxy.Forwarder;

namespace Strangler.Proxy.Shadow;

/// <summary>
/// Asks either side on behalf of the shadow, over connections that no client's request uses: no redirects, no cookies, no
/// decompression, no second try, one total timeout, and no body beyond the capture limit.
/// </summary>
internal sealed class SideClient : IDisposable
{
    /// <summary>Set on what goes to the new side, and nowhere else.</summary>
    public const string ShadowHeader = "Strangler-Shadow";

    /// <summary>Added to the User-Agent of a second look, on both sides, so that access logs tell it from a client's request.</summary>
    public const string SecondLookAgent = "strangler-settle";

    /// <summary>The same for asking legacy a second time only to see its noise.</summary>
    public const string ControlAgent = "strangler-control";

    private readonly HttpMessageInvoker _client;
    private readonly ShadowOptions _options;
    private readonly TimeProvider _time;

    public SideClient(ShadowOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = System.Net.DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = options.Concurrency,
            ConnectTimeout = options.Timeout,
        });
    }

    /// <summary>Sends the copy of an exchange to the new side that the operation's plan names.</summary>
    public Task<AskResult> AskNewAsync(ShadowExchange exchange, OperationPlan operation, bool again, CancellationToken cancel)
    {
        var request = Build(operation.Capability.Rules.New.Destinations[0], exchange.NewPath, exchange, again ? SecondLookAgent : null);
        request.Headers.TryAddWithoutValidation(ShadowHeader, "1");
        return AskAsync(request, cancel);
    }

    /// <summary>Asks legacy again what it has answered before.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="destination">Where legacy is.</param>
    /// <param name="agent">Added to the User-Agent.</param>
    /// <param name="cancel">Ends the ask.</param>
    public Task<AskResult> AskLegacyAsync(ShadowExchange exchange, Uri destination, string agent, CancellationToken cancel) =>
        AskAsync(Build(destination, exchange.Path, exchange, agent), cancel);

    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage Build(Uri destination, PathString path, ShadowExchange exchange, string? agent)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, AddressOf(destination, path, exchange.Query));
        var headers = exchange.Headers;
        Add(request, "Host", headers.Host);
        Add(request, "X-Forwarded-Host", headers.Host);
        Add(request, "X-Forwarded-Proto", headers.Scheme);
        Add(request, "User-Agent", agent is null ? headers.UserAgent : $"{headers.UserAgent} {agent}".TrimStart());
        Add(request, "Accept", headers.Accept);
        Add(request, "Accept-Language", headers.AcceptLanguage);
        Add(request, "Accept-Encoding", headers.AcceptEncoding);
        Add(request, "Cookie", headers.Cookie);
        return request;
    }

    // The edge's own way to an address, so that both sides see the spelling that they see from a client's request.
    private static Uri AddressOf(Uri destination, PathString path, QueryString query) => EncodedSlash.IsIn(path)
        ? new Uri(destination.GetLeftPart(UriPartial.Authority) + EncodedSlash.ToTarget(path) + query)
        : RequestUtilities.MakeDestinationAddress(destination.AbsoluteUri, path, query);

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) request.Headers.TryAddWithoutValidation(name, value);
    }

    private async Task<AskResult> AskAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            using (request)
            {
                using var response = await _client.SendAsync(request, either.Token);
                return await ReadAsync(response, either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return AskResult.Failed(AskFailure.Timeout);
        }
        catch (HttpRequestException error)
        {
            return AskResult.Failed(Classify(error));
        }
        catch (IOException)
        {
            return AskResult.Failed(AskFailure.Reset);
        }
    }

    private async Task<AskResult> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancel)) > 0)
        {
            if (body.Length + read > _options.CaptureLimit) return AskResult.Failed(AskFailure.TooLarge);
            body.Write(chunk.AsSpan(0, read));
        }

        var answer = new Answer(
            (int)response.StatusCode,
            HeaderOf(response.Content.Headers.NonValidated, "Content-Type"),
            HeaderOf(response.Headers.NonValidated, "Location"),
            body.ToArray()) { Headers = AnswerHeaders.Of(response) };
        var encoding = HeaderOf(response.Content.Headers.NonValidated, "Content-Encoding");
        return BodyDecoder.Decode(answer, encoding, _options.CaptureLimit) is { } decoded
            ? new AskResult(decoded, default)
            : AskResult.Failed(AskFailure.Encoding);
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
