using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PrometheusText;
using Shouldly;
using Strangler.Core.Resilience;
using Strangler.Core.Routing;
using Strangler.Proxy.Plans;
using Strangler.Proxy.Telemetry;
using Strangler.UnitTests.ServiceDefaults;
using Xunit;

namespace Strangler.UnitTests.Telemetry;

public sealed class EdgeMetricsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Scrape_AfterTraffic_IsValidText()
    {
        File.WriteAllText(_folder.File("rules.yaml"),
            """
            apiVersion: strangler/v1
            legacy: { destinations: ["http://127.0.0.1:5100"] }
            capabilities:
              catalog:
                new: { destinations: ["http://127.0.0.1:5201"] }
                operations: [ { match: "GET /api/products", semantics: safe } ]
            """);
        var factory = _services.GetRequiredService<IMeterFactory>();
        using var control = new ControlPlane(
            new FileControlStore(_folder.File("state")), new RulesSource(_folder.File("rules.yaml")), new LocalState(_folder.File("state"), "edge"), TimeProvider.System, NullLogger<ControlPlane>.Instance);
        using var collector = new MetricsCollector([EdgeMetrics.MeterName], factory);
        using var metrics = new EdgeMetrics(factory, control, TimeProvider.System);
        var operation = control.Plans.Current.FindOperation("GET /api/products")!;
        metrics.Record(Answered(200), operation[DecisionReason.InsideShare], TimeSpan.FromMilliseconds(3));
        metrics.Record(Answered(502), operation[DecisionReason.Stage], TimeSpan.FromSeconds(30));
        metrics.Record(Answered(200), decision: null, TimeSpan.Zero);
        metrics.Record(Answered(200), operation[DecisionReason.OwnWrite], TimeSpan.FromMilliseconds(3));
        metrics.Fallback(operation.Capability, AttemptOutcome.NoAnswer);

        var text = collector.Scrape();

        ExpositionFormat.Check(text).ShouldBeEmpty();
        text.ShouldContain("strangler_fallbacks_total{capability=\"catalog\",outcome=\"no-answer\"} 1\n");
        text.ShouldContain("strangler_requests_total{capability=\"catalog\",outcome=\"error\",side=\"legacy\"} 1\n");
        text.ShouldContain("strangler_requests_total{capability=\"catalog\",outcome=\"ok\",side=\"new\"} 1\n");
        text.ShouldContain("strangler_own_write_reads_total{capability=\"catalog\"} 1\n");
        metrics.Of("catalog").Legacy.Errors.ShouldBe(1);
        metrics.Of("catalog").Fallbacks.ShouldBe(1);
    }

    private static DefaultHttpContext Answered(int status) => new() { Response = { StatusCode = status } };
}
