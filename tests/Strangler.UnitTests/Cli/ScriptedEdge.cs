using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Strangler.Core.Admin;

namespace Strangler.UnitTests.Cli;

/// <summary>An edge that answers from a script, and remembers what it was asked.</summary>
internal sealed class ScriptedEdge : HttpMessageHandler
{
    private readonly Queue<Func<CancellationToken, Task<HttpResponseMessage>>> _answers = new();

    /// <summary>What it was asked: method, path with query, If-Match, body.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>What it says of its store; null for an edge that does not know the question.</summary>
    public EdgesAnswer? Store { get; set; }

    /// <summary>Why it cannot ask its store; null when it can.</summary>
    public string? StoreTrouble { get; set; }

    /// <summary>What it sends as events; null for an edge that cannot be listened to.</summary>
    public string? Events { get; set; }

    /// <summary>The keys of the changes, in the order in which they came.</summary>
    public List<string> Keys { get; } = [];

    /// <summary>The Authorization header of the last request.</summary>
    public string? Authorization { get; private set; }

    public ScriptedEdge Answers<T>(T answer, JsonTypeInfo<T> type) =>
        Answers(HttpStatusCode.OK, JsonSerializer.Serialize(answer, type));

    public ScriptedEdge Refuses(HttpStatusCode status, string type, string detail, params AdminError[] errors) =>
        Answers(
            status,
            JsonSerializer.Serialize(new AdminProblem(type, null, (int)status, detail, errors), AdminJson.Default.AdminProblem));

    public ScriptedEdge Answers(HttpStatusCode status, string body) =>
        Answers(_ => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") }));

    public ScriptedEdge Answers(Func<CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Authorization = request.Headers.Authorization?.ToString();
        switch (request.RequestUri!.AbsolutePath)
        {
            case "/admin/v1/edges":
                if (StoreTrouble is not null)
                {
                    return Json(
                        JsonSerializer.Serialize(new AdminProblem(ProblemTypes.Unavailable, null, 503, StoreTrouble), AdminJson.Default.AdminProblem),
                        status: HttpStatusCode.ServiceUnavailable);
                }

                return Store is null
                    ? Json(JsonSerializer.Serialize(new AdminProblem(ProblemTypes.NotFound, null, 404, "no such route"), AdminJson.Default.AdminProblem), status: HttpStatusCode.NotFound)
                    : Json(JsonSerializer.Serialize(Store, AdminJson.Default.EdgesAnswer));
            case "/admin/v1/events":
                return Events is null ? new HttpResponseMessage(HttpStatusCode.NotFound) : Json(Events, "text/event-stream");
        }

        if (request.Headers.TryGetValues("Idempotency-Key", out var keys)) Keys.AddRange(keys);
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Asked.Add($"{request.Method} {request.RequestUri!.PathAndQuery} {request.Headers.IfMatch} {body}".Trim());
        return await _answers.Dequeue()(cancellationToken);
    }

    private static HttpResponseMessage Json(string body, string type = "application/json", HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, type) };
}
