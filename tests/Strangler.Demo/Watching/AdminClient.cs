using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using Strangler.Core.Admin;

namespace Strangler.Demo.Watching;

/// <summary>The edge's admin API, as far as the demo uses it.</summary>
internal sealed class AdminClient : IDisposable
{
    private readonly HttpClient _http;

    /// <summary>A client that shows the token of the file.</summary>
    public AdminClient(Uri management, string tokenFile)
    {
        _http = new HttpClient { BaseAddress = management, Timeout = TimeSpan.FromSeconds(10) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", File.ReadAllText(tokenFile).Trim());
    }

    /// <summary>All capabilities.</summary>
    public Task<CapabilitiesAnswer> StatusAsync(CancellationToken cancellation) =>
        GetAsync("/admin/v1/capabilities", AdminJson.Default.CapabilitiesAnswer, cancellation);

    /// <summary>Whether the edge says that it works from its last good plan, because its control store is away.</summary>
    public async Task<bool> IsStaleAsync(CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync(new Uri("/admin/v1/capabilities", UriKind.Relative), cancellation);
        return answer.Headers.Contains("Strangler-Store");
    }

    /// <summary>The last entries of the audit log, the oldest first.</summary>
    public async Task<IReadOnlyList<AuditItem>> AuditAsync(CancellationToken cancellation) =>
        (await GetAsync("/admin/v1/audit?limit=20", AdminJson.Default.AuditAnswer, cancellation)).Entries;

    /// <summary>One capability.</summary>
    public Task<CapabilityStatus> StatusAsync(string capability, CancellationToken cancellation) =>
        GetAsync($"/admin/v1/capabilities/{capability}", AdminJson.Default.CapabilityStatus, cancellation);

    /// <summary>The groups of differences, the largest first as the edge orders them.</summary>
    public async Task<IReadOnlyList<DifferenceGroup>> DifferencesAsync(string capability, CancellationToken cancellation)
    {
        var path = $"/admin/v1/differences?capability={capability}&limit=50";
        return (await GetAsync(path, AdminJson.Default.DifferencesAnswer, cancellation)).Groups;
    }

    /// <summary>Takes a capability a step up.</summary>
    public async Task<ChangeAnswer> PromoteAsync(
        string capability, string stage, double? share, CancellationToken cancellation, bool everyone = false)
    {
        var plan = (await StatusAsync(cancellation)).Plan;
        var body = JsonContent.Create(new PromoteRequest("the tour", stage, share, everyone), AdminJson.Default.PromoteRequest);
        return await PostAsync($"/admin/v1/capabilities/{capability}:promote", body, $"\"{plan}\"", cancellation);
    }

    /// <summary>Takes a capability back; answers when the new side is quiet.</summary>
    public Task<ChangeAnswer> KillAsync(string capability, CancellationToken cancellation) => PostAsync(
        $"/admin/v1/capabilities/{capability}:kill",
        JsonContent.Create(new ReasonRequest("the tour"), AdminJson.Default.ReasonRequest),
        "*",
        cancellation);

    public void Dispose() => _http.Dispose();

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellation);
        return await ReadAsync(answer, type, cancellation);
    }

    private async Task<ChangeAnswer> PostAsync(string path, HttpContent body, string plan, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = body };
        request.Headers.TryAddWithoutValidation("If-Match", plan);
        using var answer = await _http.SendAsync(request, cancellation);
        return await ReadAsync(answer, AdminJson.Default.ChangeAnswer, cancellation);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        if (!answer.IsSuccessStatusCode)
        {
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            throw new DemoException($"The edge refused {answer.RequestMessage!.RequestUri}: {(int)answer.StatusCode} {text}");
        }

        return (await answer.Content.ReadFromJsonAsync(type, cancellation))!;
    }
}
