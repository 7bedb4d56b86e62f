using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Strangler.Demo.Processes;
using Strangler.IntegrationTests.Shadow;
using Strangler.IntegrationTests.Sync;

namespace Strangler.IntegrationTests.Cli;

/// <summary>The built command between two real servers: recorded requests go to both, and only what may be sent again.</summary>
public sealed class ReplayTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string?> NoVariables = [];

    private readonly string _folder = Directory.CreateTempSubdirectory("replay-").FullName;
    private Backend _legacy = null!;
    private Backend _new = null!;

    public async ValueTask InitializeAsync()
    {
        _legacy = await Backend.StartAsync(Answer(price: id => id * 1.00m));
        _new = await Backend.StartAsync(Answer(price: id => id * 1.19m));
        await File.WriteAllTextAsync(Path.Combine(_folder, "rules.yaml"), $$"""
            apiVersion: strangler/v1
            legacy: { destinations: ["{{_legacy.Address}}"] }
            capabilities:
              shop:
                new: { destinations: ["{{_new.Address}}"] }
                operations:
                  - { match: "GET /things/{id}", new: "GET /v2/things/{id}", semantics: safe }
                  - { match: "POST /things", new: "POST /v2/things", semantics: none }
                compare:
                  - { path: "$.at", shape: instant }
            """, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _legacy.DisposeAsync();
        await _new.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Replay_AccessLog_FindsTheDifferenceAndItsCause()
    {
        var log = Write("access.log", [
            .. Enumerable.Range(1, 20).Select(id => $"10.0.0.1 - alice [10/Oct/2026:13:55:36 -0700] \"GET /things/{id}?q=a%20b HTTP/1.1\" 200 2326 \"-\" \"Agent \\\"x\\\"\""),
            "10.0.0.1 - - [10/Oct/2026:13:55:36 -0700] \"POST /things HTTP/1.1\" 201 2",
            "10.0.0.1 - - [10/Oct/2026:13:55:36 -0700] \"GET /other HTTP/1.1\" 200 2",
            "10.0.0.1 - - [10/Oct/2026:13:55:36 -0700] \"\\x16\\x03\" 400 0"]);

        var run = await CliProcess.RunAsync(NoVariables, "replay", "--log", log, "--rules", _folder, "--rate", "1000", "-o", "json");

        run.ExitCode.ShouldBe(1, run.Error);
        var report = JsonNode.Parse(run.Out)!;
        report.AsObject().Select(member => member.Key).ShouldBe(["requests", "done", "equal", "different", "undetermined", "unreadable", "skipped", "groups", "nextSteps"]);
        Counts(report).ShouldBe((22, 22, 0, 20, 0, 1));
        report["skipped"]!.ToJsonString().ShouldBe("""{"no-operation":1,"not-safe":1}""");
        var group = report["groups"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)group["path"]).ShouldBe("$.price");
        ((string?)group["cause"]).ShouldBe("20 of 20 equal to legacy x 1.19");
        _new.Seen.ShouldAllBe(seen => seen.Target.StartsWith("/v2/things/", StringComparison.Ordinal) && seen.Target.EndsWith("?q=a%20b", StringComparison.Ordinal));
        _new.Seen.Count.ShouldBe(20);
        _new.Seen[0].Headers["User-Agent"].ShouldBe("Agent \"x\"");
    }

    [Fact]
    public async Task Replay_Har_SendsNeitherCookiesNorCredentials()
    {
        var har = Write("shop.har", ["""
            { "log": { "entries": [
              { "request": { "method": "GET", "url": "https://shop.example/things/7#top", "headers": [
                { "name": "accept-language", "value": "de" }, { "name": "Cookie", "value": "Session=s3cret" }, { "name": "Authorization", "value": "Bearer s3cret" } ] } },
              { "request": { "method": "DELETE", "url": "https://shop.example/things/7", "headers": [] } },
              { "response": {} } ] } }
            """]);

        var run = await CliProcess.RunAsync(NoVariables, "replay", "--har", har, "--rules", _folder, "-o", "json");

        run.ExitCode.ShouldBe(1, run.Error);
        Counts(JsonNode.Parse(run.Out)!).ShouldBe((2, 2, 0, 1, 0, 1));
        foreach (var seen in (SeenRequest[])[.. _legacy.Seen, .. _new.Seen])
        {
            seen.Headers["Accept-Language"].ShouldBe("de");
            seen.Headers.Values.ShouldAllBe(value => !value.Contains("s3cret"));
        }
    }

    [Fact]
    public async Task Replay_EqualSides_ExitsWithZero()
    {
        var log = Write("access.log", Lines(30));

        var run = await CliProcess.RunAsync(NoVariables, "replay", "--log", log, "--rules", _folder, "--rate", "1000", "--new", _legacy.Address);

        run.ExitCode.ShouldBe(0, run.Error);
        run.Out.ShouldContain("30 of 30");
        _new.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task Replay_LegacyContradictsItself_IsUndeterminedButHidesNothingElse()
    {
        var asked = 0;
        _legacy.Answer = context => WriteAsync(context, $$"""{"price":1,"views":{{Interlocked.Increment(ref asked)}}}""");
        _new.Answer = context => WriteAsync(context, context.Request.Path.Value!.EndsWith('1') ? """{"price":2,"views":0}""" : """{"price":1,"views":0}""");
        var log = Write("access.log", Lines(2));

        var run = await CliProcess.RunAsync(NoVariables, "replay", "--log", log, "--rules", _folder, "-o", "json");

        var report = JsonNode.Parse(run.Out)!;
        Counts(report).ShouldBe((2, 2, 0, 1, 1, 0));
        ((string?)report["groups"]!.AsArray().ShouldHaveSingleItem()!["path"]).ShouldBe("$.price");
    }

    [Fact]
    public async Task Replay_StoppedAndResumed_EndsWithTheSameCountsAndSendsNoPartTwice()
    {
        const int requests = 400;
        var log = Write("access.log", Lines(requests));
        string[] line = ["replay", "--log", log, "--rules", _folder, "--rate", "100", "--resume", Path.Combine(_folder, "state.json"), "-o", "json"];
        JsonNode first;
        using (var process = CliProcess.Start(NoVariables, line))
        {
            process.StandardInput.Close();
            await Eventually.TrueAsync("the state is written", () => File.Exists(Path.Combine(_folder, "state.json")));
            Libc.Signal(process.Id, UnixSignal.Interrupt);
            var stopped = await CliProcess.EndOfAsync(process);
            stopped.ExitCode.ShouldBe(1, stopped.Error);
            first = JsonNode.Parse(stopped.Out)!;
        }

        var done = (int)first["done"]!;
        done.ShouldBeInRange(1, requests - 1);
        ((int)first["different"]!).ShouldBe(done);
        var before = _new.Seen.Count;
        line[6] = "10000";

        var resumed = await CliProcess.RunAsync(NoVariables, line);

        Counts(JsonNode.Parse(resumed.Out)!).ShouldBe((requests, requests, 0, requests, 0, 0));
        (_new.Seen.Count - before).ShouldBe(requests - done);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(Path.Combine(_folder, "state.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await CliProcess.RunAsync(NoVariables, [.. line, "--new", _legacy.Address])).Error.ShouldContain("other rules or addresses");
    }

    [Fact]
    public async Task Replay_NewSideIsAway_SaysSoAsADifference()
    {
        var log = Write("access.log", Lines(3));
        await _new.DisposeAsync();

        var run = await CliProcess.RunAsync(NoVariables, "replay", "--log", log, "--rules", _folder);

        run.ExitCode.ShouldBe(1);
        run.Out.ShouldContain("no-answer");
        run.Out.ShouldContain("refused");
    }

    [Theory]
    [InlineData("{", "it is no JSON there")]
    [InlineData("{}", "it has no log.entries")]
    [InlineData("""{"log":{"entries":[]}}""", "holds no request")]
    public async Task Replay_NoHar_SaysWhatIsWrong(string text, string sentence)
    {
        var run = await CliProcess.RunAsync(NoVariables, "replay", "--har", Write("bad.har", [text]), "--rules", _folder);

        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain(sentence);
    }

    [Fact]
    public async Task Replay_TwoRecordings_IsAUsageError() =>
        (await CliProcess.RunAsync(NoVariables, "replay", "--har", "a", "--log", "b")).ExitCode.ShouldBe(2);

    private static (int Requests, int Done, int Equal, int Different, int Undetermined, int Unreadable) Counts(JsonNode report) => (
        (int)report["requests"]!, (int)report["done"]!, (int)report["equal"]!, (int)report["different"]!, (int)report["undetermined"]!, (int)report["unreadable"]!);

    private static IEnumerable<string> Lines(int count) =>
        Enumerable.Range(1, count).Select(id => $"127.0.0.1 - - [10/Oct/2026:13:55:36 -0700] \"GET /things/{id} HTTP/1.1\" 200 2326");

    private static RequestDelegate Answer(Func<int, decimal> price) => context =>
    {
        var id = int.Parse(context.Request.Path.Value!.Split('/')[^1]);
        return WriteAsync(context, FormattableString.Invariant($$"""{"id":{{id}},"price":{{price(id)}},"at":"2026-11-21T10:00:00Z"}"""));
    };

    private static Task WriteAsync(HttpContext context, string body)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body, context.RequestAborted);
    }

    private string Write(string name, IEnumerable<string> lines)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllLines(file, lines);
        return file;
    }
}
