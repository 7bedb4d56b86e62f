using System.Net;
using Strangler.IntegrationTests.Edge;

namespace Strangler.IntegrationTests.OwnWrites;

/// <summary>A client of the shop; each of its requests goes to the next edge.</summary>
internal sealed class ThingClient(Uri[] edges, bool keepsCookies) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = keepsCookies, CookieContainer = new CookieContainer() });
    private int _next;

    /// <summary>Writes by POST; follows a redirect.</summary>
    public async Task<(HttpStatusCode Status, string Text, string? Reason)> WriteAsync(string path, string text)
    {
        using var content = new StringContent(text);
        using var response = await _client.PostAsync(Address(path), content, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.TextAsync(), response.Decision() is null ? null : response.Decision("reason"));
    }

    /// <summary>Reads a thing: what it is, which side said so and why.</summary>
    public async Task<(string Text, string Side, string Reason)> ReadAsync(string id)
    {
        using var response = await _client.GetAsync(Address($"/things/{id}"), TestContext.Current.CancellationToken);
        return (await response.TextAsync(), response.Decision()!.Split(';')[0], response.Decision("reason"));
    }

    public void Dispose() => _client.Dispose();

    private Uri Address(string path) => new(edges[Interlocked.Increment(ref _next) % edges.Length], path);
}
