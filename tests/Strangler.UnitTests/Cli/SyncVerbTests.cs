using Shouldly;
using Strangler.Core.Adapters;
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
