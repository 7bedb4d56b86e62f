using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Strangler.Core.Admin;

namespace Strangler.Cli.Api;

/// <summary>The admin API of one edge. Every method throws <see cref="CliException"/> when the edge refuses or is away.</summary>
internal sealed class AdminClient : IDisposable
{
    /// <summary>How long the edge may take to answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly Connection _connection;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    /// <summary>A client; nothing is sent yet.</summary>
    /// <param name="connection">Where the edge is.</param>
    /// <param name="handler">Transport; disposed with the client.</param>
    /// <param name="time">Clock of the timeout.</param>
    public AdminClient(Connection connection, HttpMessageHandler handler, TimeProvider time)
    {
        _connection = connection;
        _time = time;
        _http = new HttpClient(handler)
        {
            BaseAddress = connection.Address,
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", connection.Token);
    }

    /// <summary>All capabilities.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<CapabilitiesAnswer> GetCapabilitiesAsync(CancellationToken cancellation) =>
        GetAsync("admin/v1/capabilities", AdminJson.Default.CapabilitiesAnswer, cancellation);

    /// <summary>What the gate of a capability says.</summary>
    /// <param name="capability">Name of the capability.</param>
    /// <param name="demands">What is demanded in the place of the rules, as a query with its question mark; empty for nothing.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<GateAnswer> GetGateAsync(string capability, string demands, CancellationToken cancellation) =>
        GetAsync($"admin/v1/capabilities/{Uri.EscapeDataString(capability)}/gate{demands}", AdminJson.Default.GateAnswer, cancellation);

    /// <summary>What the edge would decide for a request.</summary>
    /// <param name="method">Method of the request.</param>
    /// <param name="path">Path of the request, from its slash.</param>
    /// <param name="unit">Whom the decision is for; null for a client without identity.</param>
    /// <param name="groups">The unit's groups, separated by commas; null for none.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<ExplainAnswer> ExplainAsync(string method, string path, string? unit, string? groups, CancellationToken cancellation)
    {
        var whom = (unit is null ? "" : $"&unit={Uri.EscapeDataString(unit)}") + (groups is null ? "" : $"&group={Uri.EscapeDataString(groups)}");
        return GetAsync(
            $"admin/v1/explain?method={Uri.EscapeDataString(method)}&path={Uri.EscapeDataString(path)}{whom}",
            AdminJson.Default.ExplainAnswer,
            cancellation);
    }

    /// <summary>Which edges have applied which plan.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<EdgesAnswer> GetEdgesAsync(CancellationToken cancellation) =>
        GetAsync("admin/v1/edges", AdminJson.Default.EdgesAnswer, cancellation);

    /// <summary>The last plans.</summary>
    /// <param name="limit">Most plans.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<PlansAnswer> GetPlansAsync(int limit, CancellationToken cancellation) =>
        GetAsync($"admin/v1/plans?limit={limit}", AdminJson.Default.PlansAnswer, cancellation);

    /// <summary>A kept plan.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<PlanAnswer> GetPlanAsync(long number, CancellationToken cancellation) =>
        GetAsync($"admin/v1/plans/{number}", AdminJson.Default.PlanAnswer, cancellation);

    /// <summary>The last entries of the audit log.</summary>
    /// <param name="capability">Only of this capability; null for all.</param>
    /// <param name="limit">Most entries.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<AuditAnswer> GetAuditAsync(string? capability, int limit, CancellationToken cancellation)
    {
        var only = capability is null ? "" : $"capability={Uri.EscapeDataString(capability)}&";
        return GetAsync($"admin/v1/audit?{only}limit={limit}", AdminJson.Default.AuditAnswer, cancellation);
    }

    /// <summary>The lines of the audit log, as they are.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<string> ExportAuditAsync(CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "admin/v1/audit/export");
        return await SendAsync(request, (content, token) => content.ReadAsStringAsync(token)!, cancellation);
    }

    /// <summary>The tokens, without their secrets.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<TokensAnswer> GetTokensAsync(CancellationToken cancellation) =>
        GetAsync("admin/v1/tokens", AdminJson.Default.TokensAnswer, cancellation);

    /// <summary>Makes a token.</summary>
    /// <param name="body">Which, and why.</param>
    /// <param name="how">Under which plan, and whether really.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<TokenAnswer> CreateTokenAsync(TokenRequest body, ChangeMode how, CancellationToken cancellation) =>
        PostAsync("admin/v1/tokens", body, AdminJson.Default.TokenRequest, how, AdminJson.Default.TokenAnswer, cancellation, mayRepeat: false);

    /// <summary>Revokes a token.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="reason">Why.</param>
    /// <param name="how">Under which plan, and whether really.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<TokenAnswer> RevokeTokenAsync(string name, string reason, ChangeMode how, CancellationToken cancellation)
    {
        var path = $"admin/v1/tokens/{Uri.EscapeDataString(name)}?reason={Uri.EscapeDataString(reason)}{(how.DryRun ? "&dryRun=true" : "")}";
        using var request = new HttpRequestMessage(HttpMethod.Delete, path);
        request.Headers.IfMatch.Add(TagOf(how));
        return await SendAsync(request, AdminJson.Default.TokenAnswer, cancellation);
    }

    /// <summary>What a change would do.</summary>
    /// <param name="body">The change.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<PreviewAnswer> PreviewAsync(ChangesRequest body, CancellationToken cancellation) =>
        AskAsync("admin/v1/changes:preview", JsonContent.Create(body, AdminJson.Default.ChangesRequest), AdminJson.Default.PreviewAnswer, cancellation);

    /// <summary>Changes several capabilities in one plan, or previews the change.</summary>
    /// <param name="body">What exactly to do, and why.</param>
    /// <param name="how">Under which plan, and whether really.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<ChangesAnswer> ChangeAsync(ChangesRequest body, ChangeMode how, CancellationToken cancellation) =>
        PostAsync("admin/v1/changes", body, AdminJson.Default.ChangesRequest, how, AdminJson.Default.ChangesAnswer, cancellation);

    /// <summary>Changes one capability, or previews the change.</summary>
    /// <typeparam name="TBody">Type of the body.</typeparam>
    /// <param name="capability">Name of the capability.</param>
    /// <param name="verb">What to do: the part of the address after the colon.</param>
    /// <param name="body">What exactly to do, and why.</param>
    /// <param name="type">How to write the body.</param>
    /// <param name="how">Under which plan, and whether really.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<ChangeAnswer> ChangeAsync<TBody>(
        string capability,
        string verb,
        TBody body,
        JsonTypeInfo<TBody> type,
        ChangeMode how,
        CancellationToken cancellation) =>
        PostAsync(
            $"admin/v1/capabilities/{Uri.EscapeDataString(capability)}:{verb}",
            body,
            type,
            how,
            AdminJson.Default.ChangeAnswer,
            cancellation);

    /// <summary>Makes the edge read its rules files again, or previews what that would change.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="how">Under which plan, and whether really.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<ApplyAnswer> ApplyRulesAsync(string reason, ChangeMode how, CancellationToken cancellation) =>
        PostAsync(
            "admin/v1/rules:apply",
            new ReasonRequest(reason),
            AdminJson.Default.ReasonRequest,
            how,
            AdminJson.Default.ApplyAnswer,
            cancellation);

    /// <summary>Begins to listen to the edge; null when it cannot be listened to, as an older one or one with too many listeners.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="CliException">The edge is away.</exception>
    public async Task<StatusEvents?> TryListenAsync(CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, "admin/v1/events");
        try
        {
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.IsSuccessStatusCode)
            {
                return new StatusEvents(response, _time);
            }

            response.Dispose();
            return null;
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new CliException(ExitCode.Unreachable, $"The edge at {_connection.Address} cannot be reached: {error.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Asks with a body, without changing anything.</summary>
    /// <typeparam name="T">Type of the answer.</typeparam>
    /// <param name="path">What to ask.</param>
    /// <param name="content">The body; null for none.</param>
    /// <param name="type">How to read the answer.</param>
    /// <param name="cancellation">Ends the wait.</param>
    internal async Task<T> AskAsync<T>(string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        return await SendAsync(request, type, cancellation);
    }

    /// <summary>Looks at something.</summary>
    /// <typeparam name="T">Type of the answer.</typeparam>
    /// <param name="path">What to look at.</param>
    /// <param name="type">How to read the answer.</param>
    /// <param name="cancellation">Ends the wait.</param>
    internal async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, type, cancellation);
    }

    // Every change has a key of its own. When the answer is lost on the way the same change is sent once more with the same key, so that it
    // is made once, whichever of the two arrived; without a key nothing is ever sent twice.
    internal async Task<TAnswer> PostAsync<TBody, TAnswer>(
        string path,
        TBody body,
        JsonTypeInfo<TBody> type,
        ChangeMode how,
        JsonTypeInfo<TAnswer> answer,
        CancellationToken cancellation,
        bool mayRepeat = true)
    {
        var key = mayRepeat && !how.DryRun ? $"\"{Guid.NewGuid()}\"" : null;
        for (var isLast = key is null; ; isLast = true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, how.DryRun ? $"{path}?dryRun=true" : path) { Content = JsonContent.Create(body, type) };
            request.Headers.IfMatch.Add(TagOf(how));
            if (key is not null) request.Headers.Add("Idempotency-Key", key);
            try
            {
                return await SendAsync(request, answer, cancellation);
            }
            catch (CliException failure) when (!isLast && failure.IsLostAnswer)
            {
                // Sent again below.
            }
        }
    }

    private static EntityTagHeaderValue TagOf(ChangeMode how) =>
        how.Plan is { } plan ? new EntityTagHeaderValue($"\"{plan}\"") : EntityTagHeaderValue.Any;

    private Task<T> SendAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        SendAsync(request, (content, token) => content.ReadFromJsonAsync(type, token), cancellation);

    private async Task<T> SendAsync<T>(HttpRequestMessage request, Func<HttpContent, CancellationToken, Task<T?>> read, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            return response.IsSuccessStatusCode
                ? await read(response.Content, either.Token) ?? throw new JsonException("null")
                : throw await Refusals.ReadAsync(response, _connection, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new CliException(
                ExitCode.Unreachable,
                $"The edge at {_connection.Address} did not answer within {Timeout.TotalSeconds:0} s."
                + Undecided(request));
        }
        catch (JsonException)
        {
            throw new CliException(
                ExitCode.Failed,
                $"What {_connection.Address} answered is not the admin API that this version of the command knows.");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new CliException(
                ExitCode.Unreachable,
                $"The edge at {_connection.Address} cannot be reached: {error.Message} "
                + $"Is it running, and is this its management port? Set {Connection.AddressVariable} or --url.")
            {
                IsLostAnswer = error is not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError },
            };
        }
    }

    private static string Undecided(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get ? "" : " Whether the change was made is not known: see 'strangler status'.";
}
