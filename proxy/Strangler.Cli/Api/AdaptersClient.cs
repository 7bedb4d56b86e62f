using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Strangler.Core.Adapters;
using Strangler.Core.Admin;

namespace Strangler.Cli.Api;

/// <summary>The API of the adapters. Every method throws <see cref="CliException"/> when they refuse or are away.</summary>
internal sealed class AdaptersClient : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly AdaptersConnection _connection;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    /// <summary>A client; nothing is sent yet.</summary>
    /// <param name="connection">Where the adapters are.</param>
    /// <param name="handler">Transport; disposed with the client.</param>
    /// <param name="time">Clock of the timeout.</param>
    public AdaptersClient(AdaptersConnection connection, HttpMessageHandler handler, TimeProvider time)
    {
        _connection = connection;
        _time = time;
        _http = new HttpClient(handler) { BaseAddress = connection.Address, Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = connection.Token is { Length: > 0 } token ? new AuthenticationHeaderValue("Bearer", token) : null;
    }

    /// <summary>How far each stream is.</summary>
    public Task<AdaptersReport> GetReportAsync(CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, "v1/watermark", content: null, AdaptersJson.Default.AdaptersReport, cancellation);

    /// <summary>What an installation would do.</summary>
    public Task<InstallPreview> GetPreviewAsync(CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, "v1/preview", content: null, AdaptersJson.Default.InstallPreview, cancellation);

    /// <summary>Has a stream bring everything over anew.</summary>
    public Task<StreamReport> StartBackfillAsync(string stream, BackfillRequest body, CancellationToken cancellation) => SendAsync(
        HttpMethod.Post, Path(stream, "backfill"), JsonContent.Create(body, AdaptersJson.Default.BackfillRequest), AdaptersJson.Default.StreamReport, cancellation);

    /// <summary>Pauses or resumes a source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="what"><c>pause</c> or <c>resume</c>.</param>
    /// <param name="body">Who and why.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<SourceReport> ChangeSourceAsync(string source, string what, PauseRequest body, CancellationToken cancellation) => SendAsync(
        HttpMethod.Post, $"v1/sources/{Uri.EscapeDataString(source)}/{what}", JsonContent.Create(body, AdaptersJson.Default.PauseRequest), AdaptersJson.Default.SourceReport, cancellation);

    /// <summary>Starts a comparison.</summary>
    public Task<CompareRun> StartCompareAsync(string stream, CompareRequest body, CancellationToken cancellation) => SendAsync(
        HttpMethod.Post, Path(stream, "compare"), JsonContent.Create(body, AdaptersJson.Default.CompareRequest), AdaptersJson.Default.CompareRun, cancellation);

    /// <summary>A comparison.</summary>
    public Task<CompareRun> GetCompareAsync(string stream, long id, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, Path(stream, $"compare/{id}"), content: null, AdaptersJson.Default.CompareRun, cancellation);

    /// <summary>Plans or starts a repair.</summary>
    public Task<RepairRun> StartRepairAsync(string stream, RepairRequest body, CancellationToken cancellation) => SendAsync(
        HttpMethod.Post, Path(stream, "repair"), JsonContent.Create(body, AdaptersJson.Default.RepairRequest), AdaptersJson.Default.RepairRun, cancellation);

    /// <summary>A repair.</summary>
    public Task<RepairRun> GetRepairAsync(string stream, long id, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, Path(stream, $"repair/{id}"), content: null, AdaptersJson.Default.RepairRun, cancellation);

    /// <summary>The aggregates that fail.</summary>
    public Task<DeadLettersAnswer> GetDeadLettersAsync(string stream, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, Path(stream, "deadletters"), content: null, AdaptersJson.Default.DeadLettersAnswer, cancellation);

    /// <summary>Tries dead letters at once, or drops them.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="what"><c>retry</c> or <c>drop</c>.</param>
    /// <param name="body">Which.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<KeysAnswer> ChangeDeadLettersAsync(string stream, string what, KeysRequest body, CancellationToken cancellation) => SendAsync(
        HttpMethod.Post, Path(stream, $"deadletters/{what}"), JsonContent.Create(body, AdaptersJson.Default.KeysRequest), AdaptersJson.Default.KeysAnswer, cancellation);

    /// <summary>Stops what is running.</summary>
    public async Task StopAsync(string stream, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path(stream, "stop"));
        using var response = await _http.SendAsync(request, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static string Path(string stream, string rest) => $"v1/streams/{Uri.EscapeDataString(stream)}/{rest}";

    private async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        using var request = new HttpRequestMessage(method, path) { Content = content };
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadFromJsonAsync(type, either.Token) ?? throw new JsonException("null")
                : throw await RefusalAsync(response, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new CliException(ExitCode.Unreachable, $"The adapters at {_connection.Address} did not answer within {Timeout.TotalSeconds:0} s.");
        }
        catch (JsonException)
        {
            throw new CliException(ExitCode.Failed, $"What {_connection.Address} answered is not the API of the adapters that this version of the command knows.");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new CliException(
                ExitCode.Unreachable,
                $"The adapters at {_connection.Address} cannot be reached: {error.Message} Are they running? Set {AdaptersConnection.AddressVariable} or --adapters.");
        }
    }

    private async Task<CliException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        AdminProblem? problem = null;
        try
        {
            problem = await response.Content.ReadFromJsonAsync(AdaptersJson.Default.AdminProblem, cancellation);
        }
        catch (JsonException)
        {
            // Then its status has to do.
        }

        var message = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized when _connection.Token is null =>
                $"No token: set {AdaptersConnection.TokenVariable} to the token of the adapters, or {AdaptersConnection.TokenFileVariable} to a file that holds it.",
            HttpStatusCode.Unauthorized =>
                $"The adapters at {_connection.Address} do not know this token. Is {AdaptersConnection.TokenVariable} or "
                + $"{AdaptersConnection.TokenFileVariable} the one that they were started with (Sync__Token)?",
            _ => problem?.Detail ?? $"{_connection.Address} answered {(int)response.StatusCode} without saying why. Are these the adapters?",
        };
        return new CliException(ExitCode.Failed, message, problem);
    }
}
