using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Shouldly;
using Strangler.Core.Model;
using Strangler.IntegrationTests.Edge;
using Strangler.IntegrationTests.Sync;

namespace Strangler.IntegrationTests.Resilience;

/// <summary>
/// Ten thousand writes whose new side fails in every way there is, before and after it has committed, and later than anybody waited. What counts is
/// what stands in the tables in the end.
/// </summary>
public sealed class NoDuplicatesTests(SharedClusters clusters, ITestOutputHelper output)
{
    private const int Failures = 10_000;
    private const int AtOnce = 32;
    private const int Seed = 20261122;

    private static readonly string[] Faults =
    [
        "down", "before reset", "after reset", "before hang", "after hang", "before late", "before 503", "after 503", "before 503-mark", "before 429-mark",
        "before 429", "after 502", "after 504", "before 504-mark", "before 500", "after 500",
    ];

    // Those that take as long as the timeout are a fortieth of the rest.
    private static readonly int[] Weights = [.. Faults.Select(f => f.EndsWith("hang", StringComparison.Ordinal) || f.EndsWith("late", StringComparison.Ordinal) ? 1 : 10)];

    // The word for what repeating does, and the path.
    private static readonly (string Semantics, string Method, string Path)[] Operations = [("keyed", "POST", "orders"), ("idempotent", "PUT", "address"), ("none", "POST", "guest")];

    [Fact]
    public async Task Writes_TenThousandFailuresOfTheNewSide_NeverTwiceAndNeverLost()
    {
        await using var store = new FaultyStore((await clusters.EmptyServiceAsync("checkout")).ConnectionString);
        await store.CreateAsync();
        var (fresh, old) = (new FaultyCheckout(store, "new"), new FaultyCheckout(store, "legacy"));
        await using var @new = await TestBackend.StartAsync(fresh.AnswerAsync);
        await using var legacy = await TestBackend.StartAsync(old.AnswerAsync);
        await using var edge = await FaultEdge.StartAsync(Rules(@new, legacy), _ => new CapabilityState(Stage.ReadCanary, 100, Killed: false) { Everyone = true });
        var successes = new ConcurrentBag<string>();
        var ends = new ConcurrentDictionary<(string Fault, string Semantics, string End), int>();

        await Parallel.ForEachAsync(Drawn(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (write, cancel) =>
        {
            using var request = RequestOf(edge, write);
            using var response = await edge.Client.SendAsync(request, cancel);
            if (response.IsSuccessStatusCode) successes.Add(write.Token);
            var end = response.IsSuccessStatusCode ? response.Decision("reason") : ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
            ends.AddOrUpdate((write.Fault, write.Operation.Semantics, end), 1, (_, count) => count + 1);
        });
        await Eventually.TrueAsync("no request is under way", () => fresh.Busy + old.Busy == 0);

        var kept = await store.TokensAsync();
        output.WriteLine(Picture(ends, successes.Count, kept.Count));
        ends.Values.Sum().ShouldBe(Failures);
        (await store.DuplicatesAsync()).ShouldBe(0, "orders that were placed twice");
        (await store.RewrittenAsync()).ShouldBe(0, "addresses that were set twice");
        successes.Where(token => !kept.Contains(token)).ShouldBeEmpty("writes that were lost although the client was told that they succeeded");
        (from fault in Faults from operation in Operations where !ends.Keys.Any(k => (k.Fault, k.Semantics) == (fault, operation.Semantics)) select (fault, operation)).ShouldBeEmpty();
        ends.Where(e => e.Key.End == "fallback").Sum(e => e.Value).ShouldBeGreaterThan(0);
    }

    private static string Rules(TestBackend @new, TestBackend legacy) => $$"""
        apiVersion: strangler/v1
        legacy: { destinations: ["{{legacy.Address}}"] }
        capabilities:
        {{Capability("checkout", @new.Address)}}
        {{Capability("down", "http://127.0.0.1:1")}}
        """;

    private static string Capability(string name, string address) => $$"""
          {{name}}:
            new: { destinations: ["{{address}}"], timeout: 500ms }
            fallback: { shared-key: Idempotency-Key }
            breaker: { min-results: 100000 }
            operations:
              - { match: "POST /{{name}}/orders", semantics: keyed, data: legacy }
              - { match: "PUT /{{name}}/address", semantics: idempotent, data: legacy }
              - { match: "POST /{{name}}/guest", semantics: none, data: legacy }
        """;

    private static IEnumerable<(string Token, string Fault, (string Semantics, string Method, string Path) Operation, bool HasBody)> Drawn()
    {
        var random = new Random(Seed);
        var all = Weights.Sum();
        for (var i = 0; i < Failures; i++)
        {
            var place = random.Next(all);
            var fault = 0;
            while ((place -= Weights[fault]) >= 0) fault++;
            yield return ($"token-{i}", Faults[fault], Operations[random.Next(Operations.Length)], random.Next(2) == 0);
        }
    }

    private static HttpRequestMessage RequestOf(FaultEdge edge, (string Token, string Fault, (string Semantics, string Method, string Path) Operation, bool HasBody) write)
    {
        var capability = write.Fault == "down" ? "down" : "checkout";
        var request = new HttpRequestMessage(new HttpMethod(write.Operation.Method), $"{edge.Address}/{capability}/{write.Operation.Path}");
        request.Headers.Add("X-Token", write.Token);
        request.Headers.Add("X-Fault", write.Fault);
        request.Headers.Add("Idempotency-Key", write.Token);
        if (write.HasBody) request.Content = new StringContent(write.Token, Encoding.UTF8, "text/plain");
        return request;
    }

    private static string Picture(ConcurrentDictionary<(string Fault, string Semantics, string End), int> ends, int successes, int kept)
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{ends.Values.Sum()} injected failures, {successes} successes, {kept} rows\n"));
        foreach (var fault in ends.GroupBy(e => (e.Key.Fault, e.Key.Semantics)).OrderBy(g => g.Key))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{fault.Key.Fault,-16}{fault.Key.Semantics,-12}{fault.Sum(e => e.Value),6}: {string.Join(", ", fault.OrderBy(e => e.Key.End).Select(e => $"{e.Key.End} {e.Value}"))}");
        }

        return text.ToString();
    }
}
