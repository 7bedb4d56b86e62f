using System.Net.Http.Json;

namespace Strangler.Demo.Load;

/// <summary>What a shopper asks with: one cookie jar, one request at a time, every outcome counted.</summary>
internal sealed class Browser : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http;
    private readonly IReadOnlyList<Uri> _edges;
    private readonly LoadLedger _ledger;
    private readonly string _name;
    private int _edge;

    /// <summary>A browser with an empty cookie jar, behind a load balancer that begins at another edge for each shopper.</summary>
    public Browser(IReadOnlyList<Uri> edges, int number, LoadLedger ledger)
    {
        _edges = edges;
        _edge = number % edges.Count;
        _name = $"shopper-{number}";
        _ledger = ledger;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        _http = new HttpClient(handler) { Timeout = Patience };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(_name);
    }

    /// <summary>Asks for a page or an API answer.</summary>
    public Task<int> GetAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Get, path, () => null, cancellation);

    /// <summary>Sends JSON.</summary>
    /// <returns>The status, 0 when there was no answer.</returns>
    public Task<int> PostAsync<T>(string path, T body, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, path, () => JsonContent.Create(body), cancellation);

    public void Dispose() => _http.Dispose();

    private async Task<int> SendAsync(HttpMethod method, string path, Func<HttpContent?> body, CancellationToken cancellation)
    {
        for (var left = _edges.Count; ; left--)
        {
            using var request = new HttpRequestMessage(method, new Uri(_edges[_edge], path)) { Content = body() };
            var begun = false;
            try
            {
                using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
                var status = (int)answer.StatusCode;
                if (status >= 500)
                {
                    _ledger.Failed($"{method} {request.RequestUri} answered {status} to {_name}");
                    return status;
                }

                begun = true;
                await answer.Content.CopyToAsync(Stream.Null, cancellation);
                _ledger.Answered();
                return status;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!begun && left > 1 && MayAskAnother(method, e))
                {
                    _edge = (_edge + 1) % _edges.Count;
                    continue;
                }

                if (begun || WasCutOff(e))
                {
                    _ledger.Cut();
                }
                else
                {
                    _ledger.Failed($"{method} {request.RequestUri} failed for {_name}: {e.Message}");
                }

                return 0;
            }
        }
    }

    // As load balancers do: whatever was not sent, and what may be asked twice, goes to the next edge.
    private static bool MayAskAnother(HttpMethod method, Exception error) =>
        error is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } || (method == HttpMethod.Get && error is HttpRequestException);

    private bool WasCutOff(Exception error) => _edges.Count > 1
        && error is HttpRequestException { HttpRequestError: not HttpRequestError.ConnectionError };
}
