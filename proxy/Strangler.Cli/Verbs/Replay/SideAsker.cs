using Strangler.Core.Compare;

namespace Strangler.Cli.Verbs.Replay;

/// <summary>Asks a side: no redirect, no cookie, one total timeout, no body beyond a limit.</summary>
internal sealed class SideAsker : IDisposable
{
    private const int MaxBody = 4 * 1024 * 1024;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly HttpMessageInvoker _client;
    private readonly TimeProvider _time;

    /// <param name="handler">Transport; disposed with the asker.</param>
    /// <param name="time">Clock of the timeout.</param>
    public SideAsker(HttpMessageHandler handler, TimeProvider time) => (_client, _time) = (new HttpMessageInvoker(handler), time);

    /// <summary>The answer; or null, and what happened instead, in a word.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="address">Where.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<(Answer? Answer, string Failure)> AskAsync(RecordedRequest request, Uri address, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), address);
        Add(message, "Accept", request.Accept);
        Add(message, "Accept-Language", request.AcceptLanguage);
        Add(message, "User-Agent", request.UserAgent);
        try
        {
            using var response = await _client.SendAsync(message, either.Token);
            return await ReadAsync(response, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, "timeout");
        }
        catch (HttpRequestException error)
        {
            return (null, error.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError ? "refused" : "reset");
        }
        catch (IOException)
        {
            return (null, "reset");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static async Task<(Answer? Answer, string Failure)> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        using var body = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellation)) > 0)
        {
            if (body.Length + read > MaxBody) return (null, "too-large");
            body.Write(chunk.AsSpan(0, read));
        }

        return (new Answer((int)response.StatusCode, Find(response, "Content-Type"), Find(response, "Location"), body.ToArray())
        {
            Headers = ResponseHeaders.Of(response),
        }, "");
    }

    private static string? Find(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) || response.Content.Headers.NonValidated.TryGetValues(name, out values) ? values.ToString() : null;

    private static void Add(HttpRequestMessage message, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) message.Headers.TryAddWithoutValidation(name, value);
    }
}
