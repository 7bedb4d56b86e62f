using System.Net.Http.Json;

namespace Strangler.Demo.Load;

/// <summary>What a shopper asks with: one cookie jar, one request at a time, every outcome counted.</summary>
internal sealed class Browser : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient _http;
    private readonly LoadLedger _ledger;
    private readonly string _name;

    /// <summary>A browser with an empty cookie jar.</summary>
    public Browser(Uri edge, string name, LoadLedger ledger)
    {
        _name = name;
        _ledger = ledger;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        _http = new HttpClient(handler) { BaseAddress = edge, Timeout = Patience };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(name);
    }

    /// <summary>Asks for a page or an API answer.</summary>
    public Task<int> GetAsync(string path, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)), cancellation);

    /// <summary>Sends JSON.</summary>
    /// <returns>The status, 0 when there was no answer.</returns>
    public Task<int> PostAsync<T>(string path, T body, CancellationToken cancellation)
    {
        var content = JsonContent.Create(body);
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = content }, cancellation);
    }

    public void Dispose() => _http.Dispose();

    private async Task<int> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var begun = false;
        using (request)
        {
            try
            {
                using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
                var status = (int)answer.StatusCode;
                if (status >= 500)
                {
                    _ledger.Failed($"{request.Method} {request.RequestUri} answered {status} to {_name}");
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
                if (begun)
                {
                    _ledger.Cut();
                }
                else
                {
                    _ledger.Failed($"{request.Method} {request.RequestUri} failed for {_name}: {e.Message}");
                }

                return 0;
            }
        }
    }
}
