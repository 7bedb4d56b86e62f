using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Shouldly;
using Strangler.Cli.Verbs.Diffs.Exports;
using Strangler.Core.Admin;
using Strangler.Proxy.Plans.Postgres;
using Strangler.Proxy.Shadow.Sharing;
using Strangler.Proxy.Shadow.Triage;

namespace Strangler.IntegrationTests.Shadow.Triage;

/// <summary>Personal data is sown into everything that a client and both sides say, and looked for in everything that comes out of an edge.</summary>
public sealed class PersonalDataTests(SharedClusters clusters)
{
    private const string Control = "shown-and-not-personal";
    private const string Role = "strangler_edge";
    private const string Email = "anna.muster@example.com";
    private const string Phone = "+49 30 90172361";
    private const string Card = "4111 1111 1111 1111";
    private const string Iban = "DE89 3704 0044 0532 0130 00";
    private const string Jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm5hIn0.c2lnbmF0dXJlLW9mLWFubmE";
    private const string Secret = "bearer-of-a-secret";

    private static readonly string[] Needles =
    [
        "anna.muster", "anna%2Emuster", "9017236", "4111111111111111", "4111 1111 1111 1111", "4111-1111", "DE8937040044", "DE89 3704", "eyJhbGci", "eyJzdWIi", Secret,
    ];

    private static readonly string Compare = string.Join("\n    ", new[]
    {
        "  - { path: \"$..name\", show: true }", "  - { path: \"$..*\", show: true }", "  - { header: X-Contact, compare: true }", "  - { header: Set-Cookie, compare: true }",
    });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SownPersonalData_NowhereThatIsKeptShownOrExported()
    {
        var database = await clusters.EmptyControlAsync();
        await ControlSchema.InstallAsync(database.ConnectionString, Role, Cancel);
        using var traces = new TraceCatcher();
        await using var edge = await TriageEdge.StartAsync(Answer("legacy", "1"), Answer("new", "2"), Compare, database.ConnectionStringFor(Role));
        foreach (var kind in Kinds.Keys) await edge.GetAsync($"/things/{Uri.EscapeDataString(Email)}?as={kind}&card={Uri.EscapeDataString(Card)}&token={Jwt}", Sow);
        await edge.Part<SharedFlush>().FlushAsync(Cancel);

        var places = await PlacesAsync(edge, database.ConnectionString, traces);

        foreach (var (place, text) in places)
        {
            foreach (var needle in Needles) text.Contains(needle, StringComparison.OrdinalIgnoreCase).ShouldBeFalse($"{place}: {Around(text, needle)}");
        }

        // The search can find: what may be shown is where it should be, and every place has something.
        foreach (var place in new[] { "memory", "postgres", "admin /admin/v1/differences", "export json", "export junit" })
            places[place].ShouldContain(Control, Case.Sensitive, place);
        places.ShouldAllBe(place => place.Value.Length > 20);
        places["admin /admin/v1/differences"].ShouldContain("[email #");
        places["metrics"].ShouldContain("strangler_compare_mismatches_total");
        places["memory"].ShouldContain("$.map");
        edge.Evidence.Snapshot("shop").Different.ShouldBe(Kinds.Count);
    }

    private static Dictionary<string, (string Type, Func<string, string> Body)> Kinds { get; } = new(StringComparer.Ordinal)
    {
        ["json"] = ("application/json", Json),
        ["html"] = ("text/html; charset=utf-8", side => $"<html><body><p class=\"{Email}\">{Text(side)}</p><a href=\"mailto:{Email}\">{side}</a></body></html>"),
        ["text"] = ("text/plain", Text),
        ["xml"] = ("application/xml", side => $"<a b=\"{Email}\">{Text(side)}</a>"),
        ["form"] = ("application/x-www-form-urlencoded", side => $"email={Uri.EscapeDataString(Email)}&card={Card}&side={side}"),
        ["binary"] = ("application/octet-stream", Text),
        ["broken"] = ("application/json", side => $"{{\"a\": \"{Text(side)}"),
    };

    private static string Text(string side) => $"{side}: {Email}, {Phone}, {Card}, {Iban}, {Jwt}";

    private static string Json(string side) => $$"""
        {"name":"{{Control}} {{side}}","price":{{(side == "new" ? "2" : "1")}},
         "person":{"mail":"{{side}} {{Email}}","phone":"{{Phone}} {{side}}","card":"{{side}} {{Card}}","iban":"{{Iban}} / {{side}}","token":"{{Jwt}} {{side}}"},
         "number":{{(side == "new" ? "4111111111111111" : "5500005555555559")}},
         "map":{"{{Email}}":"{{side}}","{{Card}}":"{{side}}","{{Phone}}":"{{side}}"},
         "long":"{{new string('x', 190)}} {{Card}} {{Email}} {{side}}",
         "only{{side}}":"{{Email}}","list":[{"{{Iban}}":"{{side}}"}]}
        """;

    private static void Sow(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Secret}");
        request.Headers.TryAddWithoutValidation("Cookie", $"Session={Jwt}; Other={Email}; Card={Card.Replace(" ", "", StringComparison.Ordinal)}");
        request.Headers.TryAddWithoutValidation("User-Agent", $"browser of {Email}");
        request.Headers.TryAddWithoutValidation("Accept-Language", $"de, {Email}");
        request.Headers.TryAddWithoutValidation("X-Contact", $"{Phone} {Iban}");
        request.Headers.TryAddWithoutValidation("Referer", $"http://shop.example/?mail={Email}");
    }

    private static RequestDelegate Answer(string side, string build) => context =>
    {
        var (type, body) = Kinds[context.Request.Query["as"]!];
        context.Response.ContentType = type;
        context.Response.Headers["X-Build"] = $"{build} {Email}";
        context.Response.Headers["X-Contact"] = $"{side} {Email} {Phone}";
        context.Response.Headers.Location = $"/people/{Email}/{side}";
        context.Response.Headers.Append("Set-Cookie", $"id={Secret}-{side}; Path=/{side}");
        return context.Response.WriteAsync(body(side), Encoding.UTF8, context.RequestAborted);
    };

    private static async Task<Dictionary<string, string>> PlacesAsync(TriageEdge edge, string owner, TraceCatcher traces)
    {
        var places = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["memory"] = string.Join('\n', edge.Part<DifferenceGroups>().Own(null).Select(GroupDocument.Write)),
            ["postgres"] = await DumpAsync(owner),
            ["log"] = string.Join('\n', edge.LogLines.Where(IsOurs)),
            ["traces"] = traces.TextOf(edge),
        };
        foreach (var path in new[]
        {
            "/admin/v1/differences", "/admin/v1/capabilities", "/admin/v1/capabilities/shop/gate", "/admin/v1/audit/export", "/admin/v1/plans", "/admin/v1/edges", "/metrics",
        })
        {
            places[path == "/metrics" ? "metrics" : $"admin {path}"] = await edge.Admin.GetStringAsync(new Uri(path, UriKind.Relative), Cancel);
        }

        var answer = JsonSerializer.Deserialize(places["admin /admin/v1/differences"], AdminJson.Default.DifferencesAnswer)!;
        foreach (var group in answer.Groups.Take(5)) places[$"admin {group.Fingerprint}"] = await edge.Admin.GetStringAsync(new Uri($"/admin/v1/differences/{group.Fingerprint}", UriKind.Relative), Cancel);
        foreach (var group in answer.Groups.Take(5))
        {
            using var rerun = await edge.Admin.PostAsync(new Uri($"/admin/v1/differences/{group.Fingerprint}:rerun", UriKind.Relative), null, Cancel);
            places[$"rerun {group.Fingerprint}"] = await rerun.Content.ReadAsStringAsync(Cancel);
        }

        places["export xunit"] = XunitExport.Write(answer.Groups);
        places["export junit"] = JunitExport.Write(answer.Groups, TimeProvider.System.GetUtcNow());
        places["export md"] = MarkdownExport.Write(answer, TimeProvider.System.GetUtcNow());
        places["export json"] = JsonSerializer.Serialize(answer, AdminJson.Default.DifferencesAnswer);
        return places;
    }

    // What Kestrel, routing and YARP say of a client's request at Debug and Trace is theirs; nothing of the edge's own may have it at any level.
    private static bool IsOurs(string line) =>
        !line.StartsWith("Debug ", StringComparison.Ordinal) && !line.StartsWith("Trace ", StringComparison.Ordinal) && !IsOfTheServer(line);

    private static bool IsOfTheServer(string line) =>
        line.Contains("Request starting", StringComparison.Ordinal) || line.Contains("Request finished", StringComparison.Ordinal) || line.Contains("Proxying to", StringComparison.Ordinal);

    private static async Task<string> DumpAsync(string owner)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync(Cancel);
        var tables = new List<string>();
        await using (var list = new NpgsqlCommand("SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables WHERE schemaname = 'strangler'", connection))
        await using (var reader = await list.ExecuteReaderAsync(Cancel))
        {
            while (await reader.ReadAsync(Cancel)) tables.Add(reader.GetString(0));
        }

        var dump = new StringBuilder();
        foreach (var table in tables)
        {
            await using var read = new NpgsqlCommand($"SELECT t::text FROM {table} AS t", connection);
            await using var reader = await read.ExecuteReaderAsync(Cancel);
            while (await reader.ReadAsync(Cancel)) dump.AppendLine(reader.GetString(0));
        }

        tables.Count.ShouldBeGreaterThanOrEqualTo(6);
        return dump.ToString();
    }

    private static string Around(string text, string needle)
    {
        var at = text.IndexOf(needle, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? "" : text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 100)];
    }

    /// <summary>Everything that activities of the edge's own say; those of the framework are made by whoever switches them on.</summary>
    private sealed class TraceCatcher : IDisposable
    {
        private readonly ConcurrentQueue<string> _lines = new();
        private readonly ActivityListener _listener;

        public TraceCatcher()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = _ => true,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity => _lines.Enqueue($"{activity.Source.Name} {activity.OperationName} {activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.Select(e => e.Name))}"),
            };
            ActivitySource.AddActivityListener(_listener);
        }

        // The client of this test and YARP's forwarder are traced by the framework; the shadow's own asks must not be, at neither side.
        public string TextOf(TriageEdge edge)
        {
            int[] ofOthers = [edge.Client.BaseAddress!.Port, edge.Admin.BaseAddress!.Port, new Uri(edge.Legacy.Address).Port];
            return string.Join('\n', _lines.Where(line => !ofOthers.Any(port => line.StartsWith("System.Net.Http ", StringComparison.Ordinal) && line.Contains($"[server.port, {port}]", StringComparison.Ordinal))));
        }

        public void Dispose() => _listener.Dispose();
    }
}
