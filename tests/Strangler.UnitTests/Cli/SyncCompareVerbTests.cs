using System.Net;
using Shouldly;
using Strangler.Core.Adapters;
using Strangler.Core.Admin;
using Xunit;

namespace Strangler.UnitTests.Cli;

/// <summary><c>sync compare</c> and <c>sync repair</c>.</summary>
public sealed class SyncCompareVerbTests
{
    [Fact]
    public async Task Compare_Clean_IsZero()
    {
        var run = new CliRun();
        run.Variables["STRANGLER_ADAPTERS_TOKEN"] = "a-token";
        run.Variables["USER"] = "ada";
        run.Edge.Answers(SyncSamples.Compare(), AdaptersJson.Default.CompareRun);

        (await run.RunAsync("sync", "compare", "catalog", "--full")).ShouldBe(0);

        run.Edge.Authorization.ShouldBe("Bearer a-token");
        run.Edge.Asked.Single().ShouldBe("POST /v1/streams/catalog/compare  {\"full\":true,\"exact\":false,\"actor\":\"ada\"}");
        run.Out.ShouldBe("""
            catalog: clean, both stores say the same
            5,000 aggregates compared in 1.4 s (run 12, changed)

            ENTITY   SOURCE  TARGET  RANGES READ  FOUND
            product   5,000   4,999  12 of 1,024      0
            product: 12 of 1,024 ranges, the others unchanged since 15:40 UTC

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Compare_Differences_ShowsKeysAndFieldsAndIsOne()
    {
        var run = new CliRun();
        run.Edge.Answers(SyncSamples.Compare(items: [SyncSamples.Price, SyncSamples.Gone, SyncSamples.Dead]), AdaptersJson.Default.CompareRun);

        (await run.RunAsync("sync", "compare", "catalog")).ShouldBe(1);

        run.Out.ShouldBe("""
            catalog: 2 differ, 1 is a dead letter
            5,000 aggregates compared in 1.4 s (run 12, changed)

            ENTITY   SOURCE  TARGET  RANGES READ  FOUND
            product   5,000   4,999  12 of 1,024      3
            product: 12 of 1,024 ranges, the others unchanged since 15:40 UTC

            ENTITY   KEY  WHAT         FIELDS
            product  7    changed      catalog.product.price
            product  8    missing      catalog.product (row missing)
                                       catalog.product_image (row missing)
            product  9    dead-letter  -

            Next: strangler sync repair catalog --dry-run
            Next: strangler sync deadletters list catalog

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Compare_DeadLettersOnly_IsOne()
    {
        var run = new CliRun();
        run.Edge.Answers(SyncSamples.Compare(items: SyncSamples.Dead), AdaptersJson.Default.CompareRun);

        (await run.RunAsync("sync", "compare", "catalog")).ShouldBe(1);
    }

    [Fact]
    public async Task Compare_Failed_SaysWhy()
    {
        var run = new CliRun();
        run.Edge.Answers(SyncSamples.Compare("failed"), AdaptersJson.Default.CompareRun);

        (await run.RunAsync("sync", "compare", "catalog")).ShouldBe(1);

        run.Error.ShouldBe("strangler: It failed: the source is away\n");
    }

    [Fact]
    public async Task Compare_NoToken_SaysWhereItStands()
    {
        var run = new CliRun();
        run.Edge.Refuses(HttpStatusCode.Unauthorized, ProblemTypes.Unauthorized, "x");

        (await run.RunAsync("sync", "compare", "catalog")).ShouldBe(1);

        run.Edge.Authorization.ShouldBeNull();
        run.Error.ShouldContain("set STRANGLER_ADAPTERS_TOKEN");
    }

    [Fact]
    public async Task Compare_AdaptersAway_IsSeven()
    {
        var run = new CliRun();
        run.Edge.Answers(_ => throw new HttpRequestException("refused."));

        (await run.RunAsync("sync", "compare", "catalog", "--adapters", "http://127.0.0.1:1")).ShouldBe(7);

        run.Error.ShouldBe("strangler: The adapters at http://127.0.0.1:1/ cannot be reached: refused. Are they running? Set STRANGLER_ADAPTERS or --adapters.\n");
    }

    [Fact]
    public async Task Repair_DryRun_ShowsWhatWouldBeWrittenAndIsFour()
    {
        var run = new CliRun();
        run.Edge.Answers(SyncSamples.Compare(items: SyncSamples.Price), AdaptersJson.Default.CompareRun)
            .Answers(SyncSamples.Repair(strays: 1, items: SyncSamples.Price), AdaptersJson.Default.RepairRun);

        (await run.RunAsync("sync", "repair", "catalog", "--dry-run")).ShouldBe(4);

        run.Edge.Asked.Count.ShouldBe(2);
        run.Out.ShouldBe("""
            catalog: 1 aggregate would be written again from the owner (at most 1,000 at a
            time)

            ENTITY   KEY  WHAT     FIELDS
            product  7    changed  catalog.product.price
            1 in the target that no aggregate of the source leads to: left alone without
            --strays

            Next: strangler sync repair catalog --last

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Repair_Agreed_SendsTheReasonAndTheRun()
    {
        var run = new CliRun { Typed = "y\nmoved by hand\n" };
        run.Edge.Answers(SyncSamples.Repair(items: SyncSamples.Price), AdaptersJson.Default.RepairRun)
            .Answers(SyncSamples.Repair("finished", left: 0, items: SyncSamples.Price), AdaptersJson.Default.RepairRun);

        (await run.RunAsync("sync", "repair", "catalog", "--last")).ShouldBe(0);

        run.Edge.Asked[1].ShouldContain("\"run\":12,\"dryRun\":false");
        run.Edge.Asked[1].ShouldContain("\"reason\":\"moved by hand\"");
        run.Out.ShouldStartWith("catalog: 1 repaired, 0 still differ\n");
    }

    [Fact]
    public async Task Repair_Declined_ChangesNothing()
    {
        var run = new CliRun { Typed = "n\n" };
        run.Edge.Answers(SyncSamples.Repair(items: SyncSamples.Price), AdaptersJson.Default.RepairRun);

        (await run.RunAsync("sync", "repair", "catalog", "--last")).ShouldBe(1);

        run.Edge.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Repair_NoTerminal_WantsYesAndReason()
    {
        var run = new CliRun();

        (await run.RunAsync("sync", "repair", "catalog")).ShouldBe(2);

        run.Error.ShouldContain("--reason TEXT and --yes");
        run.Edge.Asked.ShouldBeEmpty();
    }
}
