using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Strangler.IntegrationTests.Edge;

namespace Strangler.IntegrationTests.Resilience;

/// <summary>
/// Every cell of the fallback table: each way in which the new side fails in truth, each semantics, each owner. What the client saw and who was asked is
/// compared with a table written out by hand.
/// </summary>
public sealed class FaultMatrixTests(ITestOutputHelper output)
{
    private const int Injections = 2;
    private const int AtOnce = 3;

    private static readonly string[] Faults =
    [
        "refused", "tls", "dns", "black-hole", "h2-refused-stream", "h2-goaway-unprocessed",
        "reset", "close", "half-head", "garbage", "hang", "h2-stream-error", "h2-goaway-taken-on", "h2-closed",
        "429", "502", "503", "504", "429-mark", "502-mark", "503-mark", "504-mark",
        "500", "501", "500-opt", "501-opt", "broken-off",
    ];

    // GET, HEAD, POST of a search, PUT; keyed with key, keyed without; POST with a body, and one without.
    private static readonly string[] Columns = ["get", "head", "search", "put", "keyed", "keyless", "none", "bare"];

    // For each kind of failure what the client sees: legacy's answer, a 503 or a 502/504 of the edge, the new side's own answer, or one that is cut.
    private static readonly Dictionary<string, string> Expected = new(StringComparer.Ordinal)
    {
        ["legacy not-sent"] = "LEGACY LEGACY LEGACY LEGACY LEGACY LEGACY LEGACY LEGACY",
        ["legacy no-answer"] = "LEGACY LEGACY LEGACY failed LEGACY failed failed failed",
        ["legacy said"] = "LEGACY LEGACY LEGACY own own own own own",
        ["legacy said-mark"] = "LEGACY LEGACY LEGACY LEGACY LEGACY LEGACY own own",
        ["legacy error"] = "own own own own own own own own",
        ["legacy error-opt"] = "LEGACY LEGACY LEGACY own own own own own",
        ["new not-sent"] = "LEGACY LEGACY LEGACY 503 503 503 503 503",
        ["new no-answer"] = "LEGACY LEGACY LEGACY failed failed failed failed failed",
        ["new said"] = "LEGACY LEGACY LEGACY own own own own own",
        ["new said-mark"] = "LEGACY LEGACY LEGACY own own own own own",
        ["new error"] = "own own own own own own own own",
        ["new error-opt"] = "LEGACY LEGACY LEGACY own own own own own",
        ["retired not-sent"] = "503 503 503 503 503 503 503 503",
        ["retired no-answer"] = "failed failed failed failed failed failed failed failed",
        ["retired said"] = "own own own own own own own own",
        ["retired said-mark"] = "own own own own own own own own",
        ["retired error"] = "own own own own own own own own",
        ["retired error-opt"] = "own own own own own own own own",
    };

    [Fact]
    public async Task EachCell_OfFailureSemanticsAndOwner_EndsAsTheTableSays()
    {
        await using var bench = await FaultBench.StartAsync();
        var injected = new ConcurrentDictionary<(string Fault, string Owner, string Column), int>();
        var wrong = new ConcurrentQueue<string>();
        var groups =
            from edge in bench.Edges
            from fault in Faults
            group (Fault: fault, Owner: edge.Key) by (edge.Key, FaultBench.CapabilityOf(fault));
        await Task.WhenAll(groups.Select(group => RunAsync(group.Key.Item2, group.SelectMany(g => Columns.Select(column => (g.Fault, g.Owner, Column: column))).ToList(), async cell =>
        {
            for (var i = 0; i < Injections; i++)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"id-{cell.Owner}.{cell.Fault}.{cell.Column}.{i}");
                var (seen, counts) = await SendAsync(bench, cell, id);
                if (!ExpectedOf(cell).Split(' ').Contains(seen) || !AreRight(cell, seen, bench.AskedOfNew(id), bench.AskedOfLegacy(id)))
                {
                    wrong.Enqueue($"{id}: expected {ExpectedOf(cell)}, saw {seen}{counts}; new was asked {bench.AskedOfNew(id)} times, legacy {bench.AskedOfLegacy(id)}");
                }

                // One that never gets there was injected by the address; any other only when the new side was asked.
                if (IsUnreachable(cell.Fault) || bench.AskedOfNew(id) > 0) injected.AddOrUpdate(cell, 1, (_, count) => count + 1);
            }
        })));

        output.WriteLine(Picture(injected));
        string.Join('\n', wrong).ShouldBeEmpty();
        (from fault in Faults from edge in bench.Edges from column in Columns where injected.GetValueOrDefault((fault, edge.Key, column)) == 0 select (fault, edge.Key, column)).ShouldBeEmpty();
    }

    // So few at once that the budget never stands in the way; over HTTP/2 one, because they share the connection that breaks.
    private static Task RunAsync<T>(string capability, IEnumerable<T> cells, Func<T, Task> run) =>
        Parallel.ForEachAsync(cells, new ParallelOptions { MaxDegreeOfParallelism = capability == "h2" ? 1 : AtOnce }, async (cell, _) => await run(cell));

    private static string KindOf(string fault) => fault switch
    {
        "refused" or "tls" or "dns" or "black-hole" or "h2-refused-stream" or "h2-goaway-unprocessed" => "not-sent",
        "500" or "501" => "error",
        "500-opt" or "501-opt" => "error-opt",
        _ when fault.EndsWith("-mark", StringComparison.Ordinal) => "said-mark",
        _ when char.IsDigit(fault[0]) => "said",
        _ => "no-answer",
    };

    private static bool HasBody(string column) => column is not ("get" or "head" or "bare");

    private static bool IsRefusedByHttp2(string fault) => fault is "h2-refused-stream" or "h2-goaway-unprocessed";

    private static bool IsUnreachable(string fault) => fault is "refused" or "tls" or "dns" or "black-hole";

    private static string ExpectedOf((string Fault, string Owner, string Column) cell)
    {
        // An answer to HEAD has no body that could break off.
        if (cell.Fault == "broken-off") return cell.Column == "head" ? "OK" : "cut";
        var expected = Expected[$"{cell.Owner} {KindOf(cell.Fault)}"].Split(' ')[Array.IndexOf(Columns, cell.Column)];

        // Where nothing falls back no body is kept. The handler may then repeat the headers of a refused stream and find the body gone: a backend may
        // have begun to work on headers alone, so that is a failure. Whether it had begun to read the body is a race.
        return IsRefusedByHttp2(cell.Fault) && expected == "503" && HasBody(cell.Column) ? "503 failed" : expected;
    }

    // The handler repeats what HTTP/2 says was not processed, and a read without a body whose connection closed; nothing else, ever.
    private static bool AreRight((string Fault, string Owner, string Column) cell, string seen, int askedOfNew, int askedOfLegacy)
    {
        if (askedOfLegacy != (seen == "LEGACY" ? 1 : 0)) return false;
        if (IsUnreachable(cell.Fault)) return askedOfNew == 0;

        // A machine that has no time for it may have cut the attempt before the side that hangs had even read it.
        if (cell.Fault == "hang") return askedOfNew <= 1;
        var mayRepeat = IsRefusedByHttp2(cell.Fault) || cell.Column is "get" or "head";
        return mayRepeat ? askedOfNew >= 1 : askedOfNew == 1;
    }

    private static async Task<(string Seen, string More)> SendAsync(FaultBench bench, (string Fault, string Owner, string Column) cell, string id)
    {
        var edge = bench.Edges[cell.Owner];
        var body = HasBody(cell.Column) ? $"the body of {id}" : "";
        using var request = new HttpRequestMessage(MethodOf(cell.Column), $"{edge.Address}/{FaultBench.CapabilityOf(cell.Fault)}/{OperationOf(cell.Column)}");
        request.Headers.Add("X-Id", id);
        request.Headers.Add("X-Fault", cell.Fault);
        if (cell.Column == "keyed") request.Headers.Add("Idempotency-Key", id);
        if (body.Length > 0) request.Content = new StringContent(body, Encoding.UTF8, "text/plain");
        using var response = await edge.SendAsync(request);
        if (cell.Fault == "broken-off") bench.Break(id);
        string text;
        try
        {
            text = await response.TextAsync();
        }
        catch (HttpRequestException)
        {
            return ("cut", "");
        }

        return Read(response, text, cell, body);
    }

    private static (string Seen, string More) Read(HttpResponseMessage response, string text, (string Fault, string Owner, string Column) cell, string body)
    {
        var isHead = cell.Column == "head";
        var status = (int)response.StatusCode;
        var (from, reason) = (response.Headers.TryGetValues("X-From", out var values) ? values.Single() : "edge", response.Decision() is null ? "none" : response.Decision("reason"));
        var more = $" ({status} from {from}, reason {reason}, Retry-After {response.Headers.RetryAfter}: {text})";
        var isOurs = from == "edge" && reason == "no-fallback" && response.Headers.CacheControl?.NoStore == true && !response.Headers.Contains("Set-Cookie")
            && (isHead || (int?)JsonNode.Parse(text)?["status"] == status);
        return status switch
        {
            200 when from == "legacy" && reason == "fallback" && (isHead || text == $"legacy:{body}") && !response.Headers.Contains("Retry-After") && !response.Headers.Contains("Set-Cookie") => ("LEGACY", more),
            200 when cell.Fault == "broken-off" => ("OK", more),
            503 when isOurs && response.Headers.RetryAfter is not null => ("503", more),
            502 or 504 when isOurs && response.Headers.RetryAfter is null && status == (cell.Fault == "hang" ? 504 : 502) => ("failed", more),
            _ when from == "new" && cell.Fault.StartsWith(status.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                && (isHead || text == RawBackend.FailureBody) && reason != "fallback" && !response.Headers.Contains("Not-Executed") => ("own", more),
            _ => ("something else", more),
        };
    }

    private static HttpMethod MethodOf(string column) => column switch
    {
        "get" => HttpMethod.Get,
        "head" => HttpMethod.Head,
        "put" => HttpMethod.Put,
        _ => HttpMethod.Post,
    };

    private static string OperationOf(string column) => column switch
    {
        "get" or "head" => "read",
        "keyless" => "keyed",
        "bare" => "none",
        _ => column,
    };

    private static string Picture(ConcurrentDictionary<(string Fault, string Owner, string Column), int> injected)
    {
        var text = new StringBuilder($"injected failures, {injected.Values.Sum()} in all\n");
        foreach (var owner in injected.Keys.Select(k => k.Owner).Distinct().Order())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{"owner " + owner,-24}{string.Concat(Columns.Select(c => c.PadLeft(8)))}");
            foreach (var fault in Faults) text.AppendLine(CultureInfo.InvariantCulture, $"{fault,-24}{string.Concat(Columns.Select(c => injected.GetValueOrDefault((fault, owner, c)).ToString(CultureInfo.InvariantCulture).PadLeft(8)))}");
        }

        return text.ToString();
    }
}
