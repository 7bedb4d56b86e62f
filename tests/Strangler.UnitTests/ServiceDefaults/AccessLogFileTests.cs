extern alias ServiceDefaults;

using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ServiceDefaults::ServiceDefaults.AccessLog;
using Shouldly;
using Xunit;

namespace Strangler.UnitTests.ServiceDefaults;

public sealed class AccessLogFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("access-log-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Write_Request_OneJsonLineReadableAtOnce()
    {
        using var log = Open("Present", "Absent");
        var context = new DefaultHttpContext();
        context.Request.Method = "GET";
        context.Request.Path = "/v1/products/\"X\"";
        context.Request.QueryString = new QueryString("?secret=1");
        context.Request.Headers.UserAgent = "shopper-17";
        context.Request.Headers["Present"] = "a\nb";
        context.Response.StatusCode = 410;

        log.Write(new AccessLogEntry(
            new DateTimeOffset(2026, 11, 20, 18, 40, 0, TimeSpan.FromHours(1)).AddTicks(1234567), TimeSpan.FromMicroseconds(1234), context));

        Lines().ShouldHaveSingleItem().ShouldBe(
            """{"t":"2026-11-20T17:40:00.1234567Z","m":"GET","p":"/v1/products/%22X%22","s":410,"ms":1.23,"ua":"shopper-17","h":{"Present":"a\nb"}}""");
    }

    [Fact]
    public void Open_FileWithLines_Appends()
    {
        for (var run = 0; run < 2; run++)
        {
            using var log = Open();
            log.Write(new AccessLogEntry(default, default, new DefaultHttpContext()));
        }

        Lines().Select(line => JsonNode.Parse(line)!["s"]!.GetValue<int>()).ShouldBe([200, 200]);
    }

    private AccessLogFile Open(params string[] headers)
    {
        var options = new AccessLogOptions { Path = Path.Combine(_folder.FullName, "new", "access.log") };
        foreach (var header in headers)
        {
            options.Headers.Add(header);
        }

        return new AccessLogFile(Options.Create(options), NullLogger<AccessLogFile>.Instance);
    }

    private string[] Lines()
    {
        using var stream = new FileStream(
            Path.Combine(_folder.FullName, "new", "access.log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
