extern alias ServiceDefaults;

using ServiceDefaults::PrometheusText;
using Shouldly;
using Xunit;

namespace Strangler.UnitTests.ServiceDefaults;

public sealed class MetricNamesTests
{
    [Theory]
    [InlineData("http.server.request.duration", "s", nameof(MetricKind.Histogram), "http_server_request_duration_seconds")]
    [InlineData("requests", "{request}", nameof(MetricKind.Counter), "requests_total")]
    [InlineData("requests.total", null, nameof(MetricKind.Counter), "requests_total")]
    [InlineData("cpu.time", "s", nameof(MetricKind.Counter), "cpu_time_seconds_total")]
    [InlineData("cpu.time.seconds", "s", nameof(MetricKind.Counter), "cpu_time_seconds_total")]
    [InlineData("memory", "By", nameof(MetricKind.Gauge), "memory_bytes")]
    [InlineData("hit", "1", nameof(MetricKind.Gauge), "hit_ratio")]
    [InlineData("thread.count", "{thread}", nameof(MetricKind.Gauge), "thread")]
    [InlineData("x.bucket", null, nameof(MetricKind.Gauge), "x")]
    [InlineData("2fast--furious é", null, nameof(MetricKind.Gauge), "_2fast_furious_")]
    [InlineData("", null, nameof(MetricKind.Gauge), "_")]
    public void Family_NameAndUnit_PrometheusName(string instrument, string? unit, string kind, string expected) =>
        MetricNames.Family(instrument, unit, Enum.Parse<MetricKind>(kind)).ShouldBe(expected);

    [Theory]
    [InlineData("http.route", "http_route")]
    [InlineData("__name__", "_name_")]
    [InlineData("le", "exported_le")]
    [InlineData("9", "_9")]
    public void Label_AnyTag_LegalName(string tag, string expected) => MetricNames.Label(tag).ShouldBe(expected);
}
