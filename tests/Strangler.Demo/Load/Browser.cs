using System.Net.Http.Json;

namespace Strangler.Demo.Load;

/// <summary>What a shopper asks with: one cookie jar, one request at a time, every outcome counted.</summary>
internal sealed class Browser : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient http;
    private readonly LoadLedger ledger;
    private readonly string name;

    /// <summary>A browser with an empty cookie jar.</summary>
    public Browser(Uri edge, string name, LoadLedger ledger)
    {
        this.name = name;
        this.ledger = ledger;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        http = new HttpClient(handler) { BaseAddress = edge, Timeout = Patience };
        http.DefaultRequestHeaders.UserAgent.ParseAdd(name);
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

    public void Dispose() => http.Dispose();

    private async Task<int> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var begun = false;
        using (request)
        {
            try
            {
                using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
                var status = (int)answer.StatusCode;
                if (status >= 500)
                {
                    ledger.Failed($"{request.Method} {request.RequestUri} answered {status} to {name}");
                    return status;
                }

                begun = true;
                await answer.Content.CopyToAsync(Stream.Null, cancellation);
                ledger.Answered();
                return status;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                cancellation.ThrowIfCancellationRequested();
                if (begun)
                {
                    ledger.Cut();
                }
                else
                {
                    ledger.Failed($"{request.Method} {request.RequestUri} failed for {name}: {e.Message}");
                }

                return 0;
            }
        }
    }
}
