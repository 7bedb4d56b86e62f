using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Strangler.IntegrationTests.Edge;

namespace Strangler.IntegrationTests.Admin;

/// <summary>People with tokens of their own at a <see cref="TestEdge"/>.</summary>
internal static class Operators
{
    /// <summary>A client with a new token.</summary>
    public static async Task<HttpClient> OperatorAsync(this TestEdge edge, string name, string role)
    {
        using var response = await edge.PostAsync("/admin/v1/tokens", new { reason = "test", name, role }, "*");
        var text = await response.TextAsync();
        ((int)response.StatusCode).ShouldBe(200, text);
        return edge.WithToken((string)JsonNode.Parse(text)!["secret"]!);
    }

    public static HttpClient WithToken(this TestEdge edge, string token)
    {
        var client = new HttpClient { BaseAddress = edge.Admin.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    public static Task<HttpResponseMessage> PostAsync(
        this TestEdge edge, string path, object body, string? ifMatch = null, string? key = null, HttpClient? by = null) =>
        (by ?? edge.Admin).SendJsonAsync(HttpMethod.Post, path, body, ifMatch, key);

    public static async Task<HttpResponseMessage> SendJsonAsync(
        this HttpClient client, HttpMethod method, string path, object? body, string? ifMatch = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = JsonContent.Create(body);
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (key is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public static async Task<JsonNode> JsonAsync(this HttpClient client, string path) =>
        (await client.GetFromJsonAsync<JsonNode>(path, TestContext.Current.CancellationToken))!;

    /// <summary>The body of an answer with that status.</summary>
    public static async Task<JsonNode> ShouldBeAsync(this HttpResponseMessage response, int status, string? type = null)
    {
        var text = await response.TextAsync();
        ((int)response.StatusCode).ShouldBe(status, text);
        var body = JsonNode.Parse(text)!;
        if (type is not null) ((string)body["type"]!).ShouldBe("urn:strangler:" + type);
        return body;
    }
}
