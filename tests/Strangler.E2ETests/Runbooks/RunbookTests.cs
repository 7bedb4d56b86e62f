using Npgsql;
using Shouldly;
using Strangler.E2ETests.Readme;

namespace Strangler.E2ETests.Runbooks;

/// <summary>docs/runbooks, every command of every page, in a shop that has the trouble of the page.</summary>
public sealed class RunbookTests(RunbookShop shop) : IClassFixture<RunbookShop>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RollBackNow_Everyone_IsBackOnLegacyByCommandAndByApi()
    {
        await shop.ToAsync("catalog", "read-canary");

        var said = await WalkAsync("roll-back-now.md");

        said["./strangler status catalog"].ShouldContain("killed");
        said["curl -si"].ShouldContain("Strangler-Decision: legacy;capability=catalog;stage=read-canary;reason=killed");
        said["curl -s -X POST"].ShouldContain("\"plan\"");
        (await shop.RunAsync("curl -si http://127.0.0.1:8080/api/products/SKU-00001")).ShouldContain("stage=shadow;reason=stage");
    }

    [Fact]
    public async Task BreakerOpen_Isolated_EverythingIsOnLegacyUntilTheReset()
    {
        await shop.ToAsync("catalog", "read-canary");

        var said = await WalkAsync("breaker-open.md");

        said["./strangler breaker isolate"].ShouldContain("isolated");
        said["./strangler breaker reset"].ShouldContain("catalog");
        (await shop.RunAsync("./strangler status catalog")).ShouldNotContain("isolated");
    }

    [Fact]
    public async Task SyncLag_SourcePaused_IsSeenAndEndsClean()
    {
        await shop.ToAsync("catalog", "read-canary");

        var said = await WalkAsync("sync-lag.md");

        said["./strangler sync pause"].ShouldContain("paused");
        said["./strangler sync compare"].ShouldContain("clean");
    }

    [Fact]
    public async Task SlotLost_Dropped_AdaptersMakeANewOneAndBothStoresSayTheSame()
    {
        await using var source = new NpgsqlConnection(shop.ReaderConnectionString() + ";Pooling=false");
        await source.OpenAsync(Cancellation);
        await shop.RunAsync("./strangler sync pause --reason \"to lose the slot\" --yes");
        (await AskAsync(source, "select pg_drop_replication_slot(slot_name) from pg_replication_slots")).ShouldBe(1);
        await shop.RunAsync("./strangler sync resume --reason \"it is lost\" --yes");
        await shop.RunUntilAsync("./strangler sync status", "following");

        var said = await WalkAsync("slot-lost.md");

        (await AskAsync(source, string.Join(' ', GuideFile.Blocks("runbooks/slot-lost.md").Single(block => block.Language == "sql").Lines))).ShouldBe(1);
        said["./strangler sync compare"].ShouldContain("clean");
    }

    [Fact]
    public async Task StoreAway_Frozen_EdgesSayStaleAndCanBeKilledEach()
    {
        await shop.ToAsync("catalog", "read-canary");
        var blocks = GuideFile.Blocks("runbooks/store-away.md").Where(block => block.Language == "sh").Select(block => block.Lines).ToList();
        await shop.FreezeStoreAsync(freeze: true);
        try
        {
            await shop.RunUntilAsync(blocks[0].Single(), "STALE");
            foreach (var line in blocks[1]) (await shop.RunAsync(line)).ShouldContain("catalog");
            foreach (var line in blocks[2]) await shop.RunAsync(line);
            (await shop.RunAsync("curl -si http://127.0.0.1:8180/api/products/SKU-00001")).ShouldContain("reason=killed");
        }
        finally
        {
            await shop.FreezeStoreAsync(freeze: false);
        }

        await shop.RunAsync(blocks[3][0]);
        await shop.RunUntilAsync($"{blocks[3][1]} | grep -c STALE", "0");
        await shop.RunUntilAsync(blocks[3][2], "store away, wrong prices");
    }

    [Fact]
    public async Task ShadowHarming_CopiesStopAtOnceAndComeBack()
    {
        await shop.ToAsync("catalog", "shadow");

        var said = await WalkAsync("shadow-harming.md");

        said["./strangler status catalog"].ShouldContain("○ legacy");
        said["curl -s http"].ShouldContain("strangler_shadow");
        said["./strangler promote"].ShouldContain("shadow");
    }

    [Fact]
    public async Task LegacyOverloaded_WhatIsOursIsTakenAway()
    {
        await shop.ToAsync("inventory", "shadow");
        await shop.ToAsync("catalog", "shadow");
        await shop.RunAsync("./strangler promote catalog --to read-canary --share 10 --reason \"a tenth\" --yes");

        var said = await WalkAsync("legacy-overloaded.md");

        said["./strangler sync pause"].ShouldContain("paused");
        said["./strangler rollback inventory"].ShouldContain("legacy");
    }

    // Those that judge have other exit codes than 0 when they judge so, and one waits for the stream.
    private async Task<Walk> WalkAsync(string page)
    {
        var said = new List<(string Line, string Said)>();
        foreach (var line in GuideFile.Blocks($"runbooks/{page}").Where(block => block.Language == "sh").SelectMany(block => block.Lines))
        {
            said.Add((line, line.Split(' ')[1] switch
            {
                "sync" when line.Contains(" compare ", StringComparison.Ordinal) => await shop.RunUntilAsync(line, "clean"),
                "gate" => await shop.RunAsync($"{line}; code=$?; test $code = 0 -o $code = 5"),
                "preview" => await shop.RunAsync($"{line}; test $? = 4"),
                _ => await shop.RunAsync(line),
            }));
        }

        return new Walk(said);
    }

    private static async Task<int> AskAsync(NpgsqlConnection source, string sql)
    {
        await using var command = new NpgsqlCommand(sql, source);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var rows = 0;
        while (await reader.ReadAsync(Cancellation)) rows++;
        return rows;
    }

    /// <summary>What the commands of a page said, by how they begin: the first of those.</summary>
    private sealed class Walk(IReadOnlyList<(string Line, string Said)> said)
    {
        public string this[string beginning] => said.First(each => each.Line.StartsWith(beginning, StringComparison.Ordinal)).Said;
    }
}
