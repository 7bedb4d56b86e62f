using System.Text.Json.Nodes;
using Shouldly;
using Strangler.Core.Admin;
using Xunit;

namespace Strangler.UnitTests.Cli;

public sealed class DiffsVerbTests
{
    [Fact]
    public async Task Diffs_Groups_ShowStateCauseExtentAndFingerprint()
    {
        var run = new CliRun();
        var first = Samples.Group("$.priceWithTax", "number", "23.78", "23.79") with
        {
            Severity = "high", State = "regressed", Stale = 2, Requests = 41, Principals = 12, Cause = "212 of 212 equal to legacy x 1.19",
        };
        var second = Samples.Group("$.weightGrams", "missing", "null", null) with { Count = 1, State = "acknowledged", Cause = "1 of 1 the same value that became the same other one of them" };
        run.Edge.Answers(new DifferencesAnswer([first, second], "postgres"), AdminJson.Default.DifferencesAnswer);

        (await run.RunAsync("diffs", "catalog")).ShouldBe(0);

        run.Edge.Asked.Single().ShouldBe("GET /admin/v1/differences?capability=catalog&limit=20");
        run.Out.ShouldBe("""
            catalog: 2 groups, 1 waits for a decision
            STATE         WHAT                                              FINGERPRINT
            regressed     number at $.priceWithTax                          a1b2c3d4
            high          GET /api/products/{sku}                           3 s ago
                          23.78 -> 23.79
                          212 of 212 equal to legacy x 1.19
                          1,234 exchanges, 41 requests, 12 senders
                          not counted: 2 stale, 0 undetermined

            acknowledged  missing at $.weightGrams                          a1b2c3d4
            medium        GET /api/products/{sku}                           3 s ago
                          null -> (absent)
                          1 of 1 the same value that became the same other
                          one of them
                          1 exchange

            Next: strangler diffs show a1b2c3d4

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Diffs_StoreAway_SaysWhereTheGroupsComeFrom()
    {
        var run = new CliRun();
        run.Edge.Answers(new DifferencesAnswer([], "memory (postgres away since 2026-11-20 17:39:00Z)"), AdminJson.Default.DifferencesAnswer);

        (await run.RunAsync("diffs")).ShouldBe(0);

        run.Out.ShouldContain("From this edge alone: memory (postgres away since 2026-11-20 17:39:00Z).");
    }

    [Fact]
    public async Task Diffs_LongPathAndValue_StayWithinEightyColumns()
    {
        var run = new CliRun();
        var group = Samples.Group($"$.{new string('p', 200)}", "value", new string('l', 500), "[\e]") with { Cause = new string('c', 300) };
        run.Edge.Answers(new DifferencesAnswer([group]), AdminJson.Default.DifferencesAnswer);
        run.Edge.Answers(new DifferenceAnswer("memory", group), AdminJson.Default.DifferenceAnswer);

        (await run.RunAsync("diffs")).ShouldBe(0);
        (await run.RunAsync("diffs", "show", "a1b2")).ShouldBe(0);

        run.Out.Split('\n').ShouldAllBe(line => line.Length <= 80);
        run.Out.ShouldContain("…");
        run.Out.ShouldNotContain('\e');
    }

    [Fact]
    public async Task Diffs_None_SaysSo()
    {
        var run = new CliRun();
        run.Edge.Answers(new DifferencesAnswer([]), AdminJson.Default.DifferencesAnswer);

        (await run.RunAsync("diffs")).ShouldBe(0);

        run.Out.ShouldStartWith("No differences.\n");
    }

    [Fact]
    public async Task Diffs_Json_KeepsWholeValues()
    {
        var run = new CliRun();
        var value = new string('l', 500);
        run.Edge.Answers(
            new DifferencesAnswer([Samples.Group("$.a", "value", value, null)]),
            AdminJson.Default.DifferencesAnswer);

        await run.RunAsync("diffs", "-o", "json");

        var sample = JsonNode.Parse(run.Out)!["groups"]![0]!["sample"]!;
        sample["legacy"]!.GetValue<string>().ShouldBe(value);
        sample["new"].ShouldBeNull();
    }

    [Fact]
    public async Task Show_AGroup_HasBothSidesSideBySide()
    {
        var run = new CliRun();
        var group = Samples.Group("$.items[*].price", "number", "23.78", "28.30") with
        {
            Severity = "high", State = "acknowledged", Requests = 41, FirstBuild = "1.4.1", LastBuild = "1.4.2", Cause = "212 of 212 equal to legacy x 1.19",
            Judgement = new JudgementInfo("acknowledged", "anna", CliRun.Now.AddHours(-3), "SHOP-12", "qa"),
            Samples =
            [
                new DifferenceSample("1", CliRun.Now.AddSeconds(-3), "GET", "/x", 200, 200, "23.78", "28.30", 12, "/items/0/price"),
                new DifferenceSample("2", CliRun.Now.AddMinutes(-9), "GET", "/x", 200, 500, "10", null, 12, "/items/4/price"),
            ],
        };
        run.Edge.Answers(new DifferenceAnswer("postgres", group), AdminJson.Default.DifferenceAnswer);

        (await run.RunAsync("diffs", "show", "a1b2")).ShouldBe(0);

        run.Edge.Asked.Single().ShouldBe("GET /admin/v1/differences/a1b2");
        run.Out.ShouldBe("""
            number at $.items[*].price
              operation    GET /api/products/{sku}, capability catalog
              state        acknowledged, severity high
              judged       acknowledged by anna 3 h ago: SHOP-12; assignee qa
              cause        212 of 212 equal to legacy x 1.19
              exchanges    1,234 shown to be different
              requests     about 41 different ones
              first seen   10 min ago, 2026-11-20 17:30:00Z, build 1.4.1
              last seen    3 s ago, 2026-11-20 17:39:57Z, build 1.4.2
              fingerprint  a1b2c3d4e5f60718293a4b5c6d7e8f90
              store        postgres

            WHEN   WHERE           LEGACY  NEW
            3 s    /items/0/price  23.78   28.30
            9 min  /items/4/price  10      (absent)
                   status          200     500

            Next: strangler diffs catalog

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Ignore_AGroup_AsksForTheDayAndPrintsTheRule()
    {
        var run = new CliRun();
        run.Edge.Answers(Samples.State(Samples.Catalog), AdminJson.Default.CapabilitiesAnswer);
        run.Edge.Answers(
            new JudgeAnswer(13, ["extra at $.promo of GET /x (a1b2c3d4): ignored until 2027-03-31, assignee qa"], Samples.Group("$.promo", "extra", null, "1"), "- { path: \"$.promo\" }"),
            AdminJson.Default.JudgeAnswer);

        (await run.RunAsync("diffs", "ignore", "a1b2", "--assignee", "qa", "--expires", "2027-03-31", "--reason", "new field", "--yes")).ShouldBe(0);

        run.Edge.Asked[1].ShouldBe("""POST /admin/v1/differences/a1b2:ignore "12" {"reason":"new field","assignee":"qa","expires":"2027-03-31"}""");
        run.Edge.Keys.Count.ShouldBe(1);
        run.Out.ShouldBe("""
            strangler diffs ignore a1b2: done, plan 13 is in force.
              extra at $.promo of GET /x (a1b2c3d4): ignored until 2027-03-31, assignee qa
              the comparer goes on seeing it until this line stands under 'compare' in the rules:
              - { path: "$.promo" }

            Next: strangler diffs catalog

            """.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("diffs", "ignore", "a1b2", "--reason", "x", "--yes")]
    [InlineData("diffs", "ignore", "a1b2", "--assignee", "qa", "--expires", "31.3.2027", "--reason", "x", "--yes")]
    [InlineData("diffs", "ack")]
    [InlineData("diffs", "export", "--as", "pdf")]
    [InlineData("diffs", "preview", "catalog")]
    public async Task Verb_WronglyCalled_IsAUsageError(params string[] args)
    {
        var run = new CliRun();

        (await run.RunAsync(args)).ShouldBe(2);

        run.Edge.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("equal", 0)]
    [InlineData("still", 1)]
    public async Task Rerun_ExitCode_SaysWhetherTheyDiffer(string result, int code)
    {
        var run = new CliRun();
        run.Edge.Answers(
            new RerunAnswer("a1b2c3d4e5", "GET /x", result, "the difference is still there", 200, 200, [new RerunDifference("a1b2c3d4e5", "number", "$.price", "1", "2")]),
            AdminJson.Default.RerunAnswer);

        (await run.RunAsync("diffs", "rerun", "a1b2")).ShouldBe(code);

        run.Out.ShouldStartWith("GET /x: the difference is still there (legacy 200, new 200).\n\nWHAT               LEGACY  NEW\nnumber at $.price  1       2\n");
    }

    [Fact]
    public async Task Preview_Draft_SaysPerGroupWhatWouldBeHidden()
    {
        var run = new CliRun();
        run.Edge.Answers(
            new RulesPreviewAnswer("catalog", "memory",
            [
                new GroupPreview("hidden", 5, 0, 5, Samples.Group("$.promo", "extra", null, "1")),
                new GroupPreview("not-known", 0, 3, 3, Samples.Group("$.price", "number", "1", "2")),
            ]),
            AdminJson.Default.RulesPreviewAnswer);

        (await run.RunAsync("diffs", "preview", "catalog", "--rules", Path.Combine(AppContext.BaseDirectory, "Rules", "strangler.yaml"))).ShouldBe(4);

        run.Out.ShouldBe("""
            WOULD BE   SAMPLES  WHAT                     FINGERPRINT
            hidden      5 of 5  extra at $.promo         a1b2c3d4
                                GET /api/products/{sku}
            not-known   0 of 3  number at $.price        a1b2c3d4
                                GET /api/products/{sku}

            1 group of 2 would be hidden, told from samples. Of 3 samples it cannot be told,
            because values are not stored.

            Next: strangler apply --reason "..."

            """.ReplaceLineEndings("\n"));
    }
}
