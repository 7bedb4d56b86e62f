extern alias ServiceDefaults;

using System.Diagnostics.Metrics;
using ServiceDefaults::PrometheusText;
using Shouldly;
using Xunit;

namespace Strangler.UnitTests.ServiceDefaults;

public sealed class MetricsCollectorTests : IDisposable
{
    // The collector finds meters by name, and tests run side by side in one process.
    private readonly Meter _meter = new($"test {Guid.NewGuid()}");
    private readonly MetricsCollector _collector;

    public MetricsCollectorTests() => _collector = new MetricsCollector([_meter.Name]);

    public void Dispose()
    {
        _collector.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Scrape_Counter_AddsUpByLabels()
    {
        var requests = _meter.CreateCounter<long>("requests", description: "Requests\nserved \\ all.");

        requests.Add(2, new("side", "new"), new KeyValuePair<string, object?>("code", 200));
        requests.Add(3, new("code", 200), new KeyValuePair<string, object?>("side", "new"));
        requests.Add(1, new KeyValuePair<string, object?>("side", "legacy"));

        Scrape().ShouldBe(
            """
            # HELP requests_total Requests\nserved \\ all.
            # TYPE requests_total counter
            requests_total{code="200",side="new"} 5
            requests_total{side="legacy"} 1

            """);
    }

    [Fact]
    public void Scrape_CounterGivenNegative_DoesNotFall()
    {
        var requests = _meter.CreateCounter<int>("requests");

        requests.Add(2);
        requests.Add(-1);

        Scrape().ShouldContain("\nrequests_total 2\n");
    }

    [Fact]
    public void Scrape_UpDownCounterAndGauge_DifferencesAndLastValue()
    {
        var inFlight = _meter.CreateUpDownCounter<int>("in.flight");
        var size = _meter.CreateGauge<double>("size", "By");

        inFlight.Add(3);
        inFlight.Add(-1);
        size.Record(10.5);
        size.Record(7.25);

        Scrape().ShouldContain("# TYPE in_flight gauge\nin_flight 2\n");
        Scrape().ShouldContain("# TYPE size_bytes gauge\nsize_bytes 7.25\n");
    }

    [Fact]
    public void Scrape_Histogram_BucketsAccumulateAndBoundsBelongToTheirBucket()
    {
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] };
        var duration = _meter.CreateHistogram("duration", "s", null, null, advice);

        foreach (var seconds in new[] { 0.05, 0.1, 0.5, 1, 30, double.NaN })
        {
            duration.Record(seconds, new KeyValuePair<string, object?>("side", "new"));
        }

        Scrape().ShouldBe(
            """
            # HELP duration_seconds duration
            # TYPE duration_seconds histogram
            duration_seconds_bucket{side="new",le="0.1"} 2
            duration_seconds_bucket{side="new",le="1"} 4
            duration_seconds_bucket{side="new",le="+Inf"} 5
            duration_seconds_sum{side="new"} 31.65
            duration_seconds_count{side="new"} 5

            """);
    }

    [Fact]
    public void Scrape_ObservableThatNamesASeriesNoLonger_SeriesGone()
    {
        var stage = "shadow";
        _meter.CreateObservableGauge("info", () => new Measurement<int>(1, new KeyValuePair<string, object?>("stage", stage)));

        Scrape().ShouldContain("info{stage=\"shadow\"} 1");
        stage = "canary";

        Scrape().ShouldContain("info{stage=\"canary\"} 1");
        Scrape().ShouldNotContain("shadow");
    }

    [Fact]
    public void Scrape_ObservableCounter_ValueAsReported()
    {
        _meter.CreateObservableCounter("applied", () => 41L);

        Scrape().ShouldContain("applied_total 41\n");
        Scrape().ShouldContain("applied_total 41\n");
    }

    [Fact]
    public void Scrape_ObservableThatThrows_TheOthersStillAppear()
    {
        _meter.CreateObservableGauge("broken", int () => throw new InvalidOperationException());
        _meter.CreateObservableGauge("sound", () => 1);

        Scrape().ShouldContain("sound 1\n");
    }

    [Fact]
    public void Scrape_MoreSeriesThanAllowed_RestCountedAsOther()
    {
        var requests = _meter.CreateCounter<int>("requests");

        for (var i = 0; i < MetricFamily.MaxSeries + 500; i++)
        {
            requests.Add(1, new KeyValuePair<string, object?>("path", i));
        }

        var scraped = Scrape();
        scraped.ShouldContain("requests_total{path=\"_other\"} 500\n");
        scraped.Split('\n').Count(line => line.StartsWith("requests_total", StringComparison.Ordinal)).ShouldBe(MetricFamily.MaxSeries + 1);
    }

    [Fact]
    public void Scrape_TwoKindsUnderOneName_FirstDecides()
    {
        _meter.CreateGauge<int>("x").Record(1);
        _meter.CreateHistogram<int>("x").Record(1);

        Scrape().ShouldContain("# TYPE x gauge\nx 1\n");
    }

    [Fact]
    public void Scrape_MeterOfAnotherApplication_NotShown()
    {
        var (mine, theirs) = (new object(), new object());
        var name = $"scoped {Guid.NewGuid()}";
        using var own = new Meter(new MeterOptions(name) { Scope = mine });
        using var foreign = new Meter(new MeterOptions(name) { Scope = theirs });
        using var scoped = new MetricsCollector([name], mine);

        own.CreateCounter<int>("own").Add(1);
        foreign.CreateCounter<int>("foreign").Add(1);

        scoped.Scrape().ShouldContain("own_total 1");
        scoped.Scrape().ShouldNotContain("foreign");
    }

    [Fact]
    public void Scrape_HostileLabelValues_ValidExposition()
    {
        var requests = _meter.CreateCounter<int>("requests", description: "\\ \"quoted\" \n");

        foreach (var value in new[] { "a\"b", "a\\", "\n", "}", "{", ",", "é", "\r", "x=\"y\"", " " })
        {
            requests.Add(1, new KeyValuePair<string, object?>("path", value));
        }

        Scrape().Split('\n').Length.ShouldBe(2 + 10 + 1);
    }

    [Fact]
    public void Scrape_Runtime_ValidExpositionWithItsMemory()
    {
        using var runtime = new MetricsCollector(["System.Runtime"]);

        var text = runtime.Scrape();

        ExpositionFormat.Check(text).ShouldBeEmpty();
        text.ShouldContain("\ndotnet_process_memory_working_set_bytes ");
    }

    [Fact]
    public async Task Record_ManyWriters_NothingLost()
    {
        var requests = _meter.CreateCounter<int>("requests");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < 5000; i++)
            {
                requests.Add(1, new KeyValuePair<string, object?>("path", i % 7));
            }
        })));

        var total = Scrape().Split('\n').Where(line => line.StartsWith("requests_total{", StringComparison.Ordinal))
            .Sum(line => int.Parse(line.Split(' ')[1]));
        total.ShouldBe(20_000);
    }

    [Fact]
    public void Record_KnownSeries_AllocatesNothing()
    {
        var requests = _meter.CreateCounter<int>("requests");
        object code = 200;

        Allocations.PerCall(() => requests.Add(1, new("side", "new"), new KeyValuePair<string, object?>("code", code))).ShouldBe(0);
    }

    private string Scrape()
    {
        var text = _collector.Scrape();
        ExpositionFormat.Check(text).ShouldBeEmpty();
        return text;
    }
}
