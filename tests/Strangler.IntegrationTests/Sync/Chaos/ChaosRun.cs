using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Npgsql;
using Shouldly;
using Strangler.ChaosAdapter;

namespace Strangler.IntegrationTests.Sync.Chaos;

/// <summary>One run: load, kills, drain, check.</summary>
internal sealed class ChaosRun(SyncLab lab, int seed, Mutation? mutation = null)
{
    private readonly ChaosLoad _load = new(lab.SourceConnection, seed);
    private readonly Random _random = new(seed);

    /// <summary>The load's transactions.</summary>
    public int Transactions => _load.Transactions;

    /// <summary>What the processes have written.</summary>
    public string Output { get; private set; } = "";

    /// <summary>The exit code of the last process after SIGTERM; null when it had to be killed.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Runs it.</summary>
    /// <param name="kills">How often the adapters are killed.</param>
    /// <returns>The violations: a line for each row or token that is lost, doubled or too much.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(int kills)
    {
        lab.Settings["Sync:FillPage"] = "200";
        lab.Settings["Chaos:Mutation"] = mutation?.ToString();
        await lab.SourceAsync(EventMapping.SourceSchema);
        await lab.TargetAsync(EventMapping.TargetSchema);
        await lab.AddProductsAsync(1, 600);
        await using (var installing = AdapterHost.Build(lab.Settings, SyncLab.Mapping, new EventMapping()))
        {
            (await installing.InstallAsync()).ExitCode.ShouldBe(0);
        }

        await using var adapters = new ChaosAdapters(lab.Settings);
        await using var watching = new NpgsqlConnection(lab.TargetConnection);
        await watching.OpenAsync();
        using var stop = new CancellationTokenSource();
        var writing = _load.RunAsync(stop.Token);
        if (mutation is not null)
        {
            // A fill would heal what the broken engine loses meanwhile.
            adapters.Start();
            await Eventually.TrueAsync("the fill is done", () => FilledAsync(watching));
            await adapters.Kill9Async();
        }

        for (var kill = 0; kill < kills && !writing.IsFaulted; kill++)
        {
            adapters.Start();
            await RandomMomentAsync(watching);
            await adapters.Kill9Async();
        }

        adapters.Start();
        await stop.CancelAsync();
        await writing;
        await DrainAsync(adapters);
        var violations = await CheckAsync();
        ExitCode = await adapters.TerminateAsync();
        Output = adapters.Output;
        return violations;
    }

    /// <summary>Three of four times in the middle of work, else wherever the process happens to be.</summary>
    private async Task RandomMomentAsync(NpgsqlConnection watching)
    {
        var early = _random.Next(4) == 0;
        var wait = TimeSpan.FromMilliseconds(_random.Next(early ? 700 : 250));
        if (!early)
        {
            var before = await PositionAsync(watching);
            await Eventually.TrueAsync("the adapters move on", async () => await PositionAsync(watching) != before);
        }

        await Task.Delay(wait);
    }

    /// <summary>Where the stream is; what a fill has done counts too.</summary>
    private static Task<string?> PositionAsync(NpgsqlConnection watching) => watching.ExecuteScalarAsync<string>(
        "select (select string_agg(lsn::text, ' ') from sync.lane) || coalesce((select string_agg(phase || filled || coalesce(last_key, ''), ' ') from sync.fill), '')");

    private static Task<bool> FilledAsync(NpgsqlConnection watching) =>
        watching.ExecuteScalarAsync<bool>("select count(*) = 2 and bool_and(phase = 'Done') from sync.fill");

    /// <summary>Waits for the adapters' own word: a watermark after the last commit of the load.</summary>
    private async Task DrainAsync(ChaosAdapters adapters)
    {
        using var client = new HttpClient();
        var end = TimeProvider.System.GetUtcNow().UtcDateTime;
        var seen = "";
        await Eventually.TrueAsync(
            "a watermark after the load",
            async () =>
            {
                try
                {
                    var answer = await client.GetFromJsonAsync<JsonElement>(new Uri(adapters.Url, "/v1/watermark"));
                    seen = answer.ToString();
                    var watermark = answer.GetProperty("streams")[0].GetProperty("watermark");
                    return watermark.ValueKind == JsonValueKind.String && watermark.GetDateTime() > end;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            () => seen + adapters.Output[Math.Max(0, adapters.Output.Length - 2000)..]);
        if (mutation is not null)
        {
            // The watermark of a broken engine says nothing; what it still has in hand is given the time to arrive.
            var last = await lab.SourceValueAsync<string>("select pg_current_wal_lsn()::text");
            await Eventually.TrueAsync("the last commit", () => lab.TargetValueAsync<bool>($"select low >= '{last}' from sync.stream"));
        }
    }

    private async Task<IReadOnlyList<string>> CheckAsync()
    {
        var violations = (await lab.DifferencesAsync()).ToList();
        await using var source = new NpgsqlConnection(lab.SourceConnection);
        await using var target = new NpgsqlConnection(lab.TargetConnection);
        var wanted = (await source.QueryAsync<string>("select token from chaos_event")).ToHashSet(StringComparer.Ordinal);
        var arrived = (await target.QueryAsync<string>("select token from catalog.chaos_event_log")).ToLookup(token => token, StringComparer.Ordinal);
        _load.Tokens.Where(token => !wanted.Contains(token)).ShouldBeEmpty();
        violations.AddRange(wanted.Where(token => !arrived.Contains(token)).Select(token => $"lost token {token}"));
        violations.AddRange(arrived.Where(token => token.Skip(1).Any()).Select(token => $"doubled token {token.Key}"));
        violations.AddRange(arrived.Where(token => !wanted.Contains(token.Key)).Select(token => $"token of a rolled-back transaction {token.Key}"));
        return violations;
    }
}
