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

    /// <summary>Groups of differences.</summary>
    /// <param name="capability">Only of this capability; null for all.</param>
    /// <param name="limit">Most groups.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<DifferencesAnswer> GetDifferencesAsync(string? capability, int limit, CancellationToken cancellation)
    {
        var only = capability is null ? "" : $"capability={Uri.EscapeDataString(capability)}&";
        return GetAsync($"admin/v1/differences?{only}limit={limit}", AdminJson.Default.DifferencesAnswer, cancellation);
    }

    /// <summary>What the edge would decide for a request.</summary>
    /// <param name="method">Method of the request.</param>
    /// <param name="path">Path of the request, from its slash.</param>
    /// <param name="unit">Whom the decision is for; null for a client without identity.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<ExplainAnswer> ExplainAsync(string method, string path, string? unit, CancellationToken cancellation)
    {
        var whom = unit is null ? "" : $"&unit={Uri.EscapeDataString(unit)}";
        return GetAsync(
            $"admin/v1/explain?method={Uri.EscapeDataString(method)}&path={Uri.EscapeDataString(path)}{whom}",
            AdminJson.Default.ExplainAnswer,
            cancellation);
    }

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
            JsonContent.Create(body, type),
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
            JsonContent.Create(new ReasonRequest(reason), AdminJson.Default.ReasonRequest),
            how,
            AdminJson.Default.ApplyAnswer,
            cancellation);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, type, cancellation);
    }

    private async Task<T> PostAsync<T>(
        string path,
        HttpContent body,
        ChangeMode how,
        JsonTypeInfo<T> type,
        CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, how.DryRun ? $"{path}?dryRun=true" : path) { Content = body };
        request.Headers.IfMatch.Add(how.Plan is { } plan ? new EntityTagHeaderValue($"\"{plan}\"") : EntityTagHeaderValue.Any);
        return await SendAsync(request, type, cancellation);
    }

    private async Task<T> SendAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadFromJsonAsync(type, either.Token) ?? throw new JsonException("null")
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
                + $"Is it running, and is this its management port? Set {Connection.AddressVariable} or --url.");
        }
    }

    private static string Undecided(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get ? "" : " Whether the change was made is not known: see 'strangler status'.";
}
