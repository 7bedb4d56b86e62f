using System.Net;
using Shouldly;
using Strangler.Core.Adapters;
using Strangler.Core.Admin;
using Xunit;

namespace Strangler.UnitTests.Cli;

public sealed class SyncVerbTests
{
    [Fact]
    public async Task Status_Streams_ShowsLagWaitingAndWhatStandsStill()
    {
        var run = new CliRun();
        run.Edge.Answers(SyncSamples.Report(dead: 2), AdaptersJson.Default.AdaptersReport);

        (await run.RunAsync("sync", "status")).ShouldBe(0);

        run.Edge.Asked.Single().ShouldBe("GET /v1/watermark");
        run.Out.ShouldBe("""
            STREAM   STATE        LAG  FILLED  APPLIED  WAITING  DEAD
            catalog  following  0.2 s   100 %   12,345        5     2
            catalog: image stands still: column url is gone

            Next: strangler sync deadletters list catalog

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Preview_Changes_ShowsThemWithinTheLineAndIsFour()
    {
        var run = new CliRun();
        run.Edge.Answers(SyncSamples.Preview(), AdaptersJson.Default.InstallPreview);

        (await run.RunAsync("sync", "preview")).ShouldBe(4);

        run.Edge.Asked.Single().ShouldBe("GET /v1/preview");
        run.Out.ShouldBe("""
            Legacy: source of catalog, looked at as shop
              warning  max_slot_wal_keep_size is -1
              note     The slot is made later.
              would run  create publication "strangler" for table "public"."products",
                         "public"."product_images", "public"."stock";

            Catalog: target of catalog, looked at as catalog
              everything is in place

            product: stream catalog, version 1
              reads   public.products, public.stock
              writes  catalog.product: id, price
              owner   catalog of all other fields
              owner   pricing of catalog.product.price

            Nothing was touched. Installing would run 1 statement.

            Next: strangler sync status

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Preview_Refused_SaysWhyAndIsOne()
    {
        var run = new CliRun();
        run.Edge.Answers(SyncSamples.Preview("public.stock has no replica identity"), AdaptersJson.Default.InstallPreview);

        (await run.RunAsync("sync", "preview")).ShouldBe(1);

        run.Out.ShouldContain("  refused  public.stock has no replica identity\n");
        run.Out.ShouldContain("would be refused, and would touch nothing");
    }

    [Fact]
    public async Task Backfill_AtItsEnd_SaysHowMany()
    {
        var run = new CliRun();
        run.Edge.Answers(SyncSamples.Report().Streams[0], AdaptersJson.Default.StreamReport);

        (await run.RunAsync("sync", "backfill", "catalog", "--entity", "product", "--yes", "--reason", "columns added")).ShouldBe(0);

        run.Edge.Asked.Single().ShouldStartWith("POST /v1/streams/catalog/backfill  {\"entity\":\"product\",\"actor\":");
        run.Out.ShouldStartWith("catalog: 5,000 aggregates are brought over, in ");
    }

    [Fact]
    public async Task Backfill_DryRun_OnlyLooksAndIsFour()
    {
        var run = new CliRun();
        run.Edge.Answers(SyncSamples.Report(), AdaptersJson.Default.AdaptersReport);

        (await run.RunAsync("sync", "backfill", "catalog", "--dry-run")).ShouldBe(4);

        run.Edge.Asked.Single().ShouldBe("GET /v1/watermark");
    }

    [Fact]
    public async Task Pause_OnlySource_NeedNotBeNamed()
    {
        var run = new CliRun();
        var report = SyncSamples.Report();
        run.Edge.Answers(report, AdaptersJson.Default.AdaptersReport)
            .Answers(report.Sources[0] with { Paused = new PausedSource("ada", "stocktaking", CliRun.Now) }, AdaptersJson.Default.SourceReport);

        (await run.RunAsync("sync", "pause", "--yes", "--reason", "stocktaking")).ShouldBe(0);

        run.Edge.Asked[1].ShouldStartWith("POST /v1/sources/Legacy/pause  {");
        run.Out.ShouldBe("Legacy is paused: no connection to it is left\n\nNext: strangler sync resume Legacy\n");
    }

    [Fact]
    public async Task Resume_NotPaused_AsksNothing()
    {
        var run = new CliRun();
        run.Edge.Answers(SyncSamples.Report(), AdaptersJson.Default.AdaptersReport);

        (await run.RunAsync("sync", "resume", "Legacy", "--yes", "--reason", "x")).ShouldBe(0);

        run.Edge.Asked.Single().ShouldBe("GET /v1/watermark");
        run.Out.ShouldStartWith("Legacy is not paused\n");
    }

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

    [Fact]
    public async Task DeadLetters_List_ShowsThemWithTheirMessage()
    {
        var run = new CliRun();
        run.Edge.Answers(SyncSamples.DeadLetters(SyncSamples.Letter("42"), SyncSamples.Letter("43")), AdaptersJson.Default.DeadLettersAnswer);

        (await run.RunAsync("sync", "deadletters", "list", "catalog")).ShouldBe(0);

        run.Out.ShouldBe("""
            ENTITY   KEY  ERROR    TRIED  SINCE       LAST
            product  42   mapping      4  60 min ago  3 min ago
            product  43   mapping      4  60 min ago  3 min ago

            2 of them: currency is empty

            Next: strangler sync deadletters retry catalog

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task DeadLetters_DropOneKey_SendsIt()
    {
        var run = new CliRun();
        run.Edge.Answers(SyncSamples.DeadLetters(SyncSamples.Letter("42"), SyncSamples.Letter("43")), AdaptersJson.Default.DeadLettersAnswer)
            .Answers(new KeysAnswer(1), AdaptersJson.Default.KeysAnswer);

        (await run.RunAsync("sync", "deadletters", "drop", "catalog", "--entity", "product", "--key", "42", "--yes", "--reason", "test data")).ShouldBe(0);

        run.Edge.Asked[1].ShouldStartWith("POST /v1/streams/catalog/deadletters/drop  {\"entity\":\"product\",\"key\":\"42\"");
        run.Out.ShouldStartWith("catalog: 1 dropped\n");
    }

    [Fact]
    public async Task DeadLetters_KeyWithoutEntity_IsAUsageError() =>
        (await new CliRun().RunAsync("sync", "deadletters", "drop", "catalog", "--key", "42")).ShouldBe(2);
}
