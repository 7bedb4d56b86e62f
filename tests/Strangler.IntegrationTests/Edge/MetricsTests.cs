using Shouldly;

namespace Strangler.IntegrationTests.Edge;

public sealed class MetricsTests
{
    [Fact]
    public async Task Metrics_AfterTraffic_CountItWithoutNamingTheUnit()
    {
        await using var edge = await TestEdge.StartCanaryAsync();
        (await edge.GetAsync("/api/products/X", "session-secret")).Dispose();
        (await edge.GetAsync("/cart")).Dispose();
        await edge.New.DieAsync();
        (await edge.GetAsync("/api/products/X", "session-secret")).Dispose();

        var text = await edge.Admin.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        var lines = text.Split('\n');
        lines.ShouldContain("strangler_requests_total{capability=\"catalog\",outcome=\"ok\",side=\"new\"} 1");
        lines.ShouldContain("strangler_requests_total{capability=\"catalog\",outcome=\"ok\",side=\"legacy\"} 1");
        lines.ShouldContain("strangler_requests_total{capability=\"_other\",outcome=\"ok\",side=\"legacy\"} 1");
        lines.ShouldContain("strangler_fallbacks_total{capability=\"catalog\",outcome=\"not-sent\"} 1");
        lines.ShouldContain("strangler_plan_number 4");
        lines.ShouldContain(l => l.StartsWith("strangler_request_duration_seconds_bucket{", StringComparison.Ordinal));
        lines.ShouldContain(l => l.StartsWith("strangler_capability_info{", StringComparison.Ordinal) && l.Contains("stage=\"read-canary\"", StringComparison.Ordinal));
        text.ShouldNotContain("session-secret");
    }
}
