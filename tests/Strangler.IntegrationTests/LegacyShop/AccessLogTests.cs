using System.Diagnostics;
using System.Text.RegularExpressions;
using Shouldly;

namespace Strangler.IntegrationTests.LegacyShop;

[Collection(SharedShop.Name)]
public sealed partial class AccessLogTests(RunningShop shop)
{
    [Fact]
    public async Task AccessLog_ManyRequestsAtOnce_HasOneWholeLineForEach()
    {
        const int Requests = 200;
        var mark = $"/api/products/MARK-{Guid.NewGuid():N}";
        using var visitor = shop.Visit();

        await Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => visitor.SendAsync(HttpMethod.Get, mark)));

        var lines = await LinesAsync(mark, Requests);
        lines.ShouldAllBe(line => Whole().IsMatch(line));
    }

    [Fact]
    public async Task AccessLog_Answer_HasItsStatusAndItsBytes()
    {
        var path = $"/api/products/{await shop.SkuAsync(nth: 77)}?mark={Guid.NewGuid():N}";
        using var visitor = shop.Visit();

        using var response = await visitor.SendAsync(HttpMethod.Get, path);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        (await LinesAsync(path, 1)).Single().ShouldContain($"\"GET {path} HTTP/1.1\" 200 {body.Length} \"-\" \"-\" ");
    }

    private async Task<IReadOnlyList<string>> LinesAsync(string mark, int count)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            await using var file = new FileStream(shop.AccessLogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            var lines = (await reader.ReadToEndAsync()).Split('\n').Where(line => line.Contains(mark, StringComparison.Ordinal)).ToList();
            if (lines.Count >= count || patience.Elapsed > TimeSpan.FromSeconds(20))
            {
                lines.Count.ShouldBe(count);
                return lines;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    [GeneratedRegex(
        """^127\.0\.0\.1 - - \[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\] "GET \S+ HTTP/1\.1" 404 \d+ "-" "-" \d+\.\d$""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Whole();
}
