using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Strangler.Core.Admin;
using Strangler.Core.Audit;
using Xunit;

namespace Strangler.UnitTests.Cli;

public sealed class AuditVerbTests
{
    private static readonly AuditItem Entry = new(
        3, CliRun.Now, "mia", "promote", ["catalog"], "match rate 100 % since monday", ["stage shadow -> read-canary", "share 0 % -> 10 %"], 12,
        ["catalog: 0 of 4,000 exchanges of the last hour differ, p95 legacy 8 ms, new 2 ms, lag 0.08 s"], new string('a', 64));

    [Fact]
    public async Task Audit_Entries_FitEightyColumns()
    {
        var run = new CliRun();
        run.Edge.Answers(new AuditAnswer([Entry with { Verb = "apply", Capabilities = [], Evidence = [], Changes = ["rules read"] }, Entry], 3), AdminJson.Default.AuditAnswer);

        (await run.RunAsync("audit", "--capability", "catalog", "--limit", "2")).ShouldBe(0);

        run.Edge.Asked.ShouldHaveSingleItem().ShouldBe("GET /admin/v1/audit?capability=catalog&limit=2");
        run.Out.ShouldBe("""
            2026-11-20 17:40:00Z  plan 12  apply  by mia
              reason  match rate 100 % since monday
                      rules read
            2026-11-20 17:40:00Z  plan 12  promote catalog  by mia
              reason  match rate 100 % since monday
                      stage shadow -> read-canary
                      share 0 % -> 10 %
              known   catalog: 0 of 4,000 exchanges of the last hour differ, p95 legacy 8
                      ms, new 2 ms, lag 0.08 s

            Next: strangler audit verify

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Verify_OfTheEdge_SaysTheHeadToRemember()
    {
        var lines = Chain(3);
        var run = new CliRun();
        run.Edge.Answers(HttpStatusCode.OK, string.Concat(lines.Select(line => line + "\n")));

        (await run.RunAsync("audit", "verify")).ShouldBe(0);

        var head = AuditChain.Hash(lines[^1]);
        run.Out.ShouldBe($"3 lines, intact.\nhead {head}\n\nNext: strangler audit verify --head\n{head}\n");
    }

    [Fact]
    public async Task Verify_ChangedFile_NamesTheLineAndExitsWithOne()
    {
        using var folder = new TemporaryFolder();
        var lines = Chain(3);
        lines[1] = lines[1].Replace("mia", "eve", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(folder.File("log"), lines, TestContext.Current.CancellationToken);
        var run = new CliRun();

        (await run.RunAsync("audit", "verify", folder.File("log"))).ShouldBe(1);
        run.Out.ShouldContain("line 3: broken: the line before it is not the one it was written behind: line 2");
        run.Out.ShouldContain("3 lines, NOT intact.");
        run.Edge.Asked.ShouldBeEmpty();

        var json = new CliRun();
        (await json.RunAsync("audit", "verify", folder.File("log"), "-o", "json")).ShouldBe(1);
        JsonNode.Parse(json.Out)!["findings"]![0]!.ToJsonString().ShouldStartWith("""{"line":3,"fault":"broken",""");
    }

    [Fact]
    public async Task Verify_OtherHead_ExitsWithOne()
    {
        var lines = Chain(3);
        var run = new CliRun();
        run.Edge.Answers(HttpStatusCode.OK, string.Concat(lines[..2].Select(line => line + "\n")));

        (await run.RunAsync("audit", "verify", "--head", AuditChain.Hash(lines[2]))).ShouldBe(1);

        run.Out.ShouldContain("line 2: wrong-head: the remembered line is not there");
    }

    [Fact]
    public async Task Verify_FileThatIsNotThere_ExitsWithTwo()
    {
        var run = new CliRun();

        (await run.RunAsync("audit", "verify", "/nowhere/audit.jsonl")).ShouldBe(2);
    }

    private static string[] Chain(int count)
    {
        var lines = new string[count];
        var previous = AuditChain.Beginning;
        for (var i = 0; i < count; i++)
        {
            lines[i] = AuditChain.Line(new AuditEntry(CliRun.Now, "mia", "promote", ["catalog"], "x", ["y"], i + 1, []), previous);
            previous = AuditChain.Hash(lines[i]);
        }

        return lines;
    }
}
