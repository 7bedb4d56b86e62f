using Shouldly;
using Strangler.Core.Admin;
using Xunit;

namespace Strangler.UnitTests.Cli;

public sealed class PreviewVerbTests
{
    private static readonly MovePreview Canary = new(
        "catalog",
        "promote",
        ["share 10 % -> 25 %"],
        null,
        [],
        "read-canary",
        "reads of a share of the units go to the new side, writes to legacy",
        "instant",
        new Forecast(
            "from the last 60 minutes, 1,234 requests/min of safe reads on this edge",
            60,
            185.1,
            231.4,
            [new OperationForecast("GET /api/products/{sku}", 1_000, 100, 250), new OperationForecast("GET /api/products", 234, 23.4, 58.5)]));

    private static readonly MovePreview Refused = new(
        "search", "promote", [], "'search' cannot go to read-canary: mismatch 2 %; p95 of both sides is not known yet",
        ["mismatch 2 % (2 of 100 exchanges of the last hour differ), limit 0.1 %; strangler diffs shows them", "p95 of both sides is not known yet"],
        "read-canary", "reads of a share of the units go to the new side, writes to legacy", "instant");

    [Fact]
    public async Task Preview_WithChanges_ForecastsWithinEightyColumnsAndExitsWithFour()
    {
        var run = Ready(true, Canary);

        (await run.RunAsync("preview", "promote", "catalog", "--share", "25")).ShouldBe(4);

        run.Edge.Asked.ShouldHaveSingleItem().ShouldStartWith("POST /admin/v1/changes:preview  {\"reason\":\"preview\",\"moves\":[{\"capability\":\"catalog\",\"verb\":\"promote\",\"stage\":null,\"share\":25");
        run.Out.ShouldBe("""
            promote catalog
              changes  share 10 % -> 25 %
              stage    read-canary: reads of a share of the units go to the new side, writes
                       to legacy
              undo     instant
              moves    185.1 requests/min from legacy to new
              copies   231.4 requests/min would be copied and compared
              basis    from the last 60 minutes, 1,234 requests/min of safe reads on this
                       edge

              OPERATION                REQUESTS/MIN  NEW NOW  NEW THEN
              GET /api/products/{sku}         1,000      100       250
              GET /api/products                 234     23.4      58.5

            Nothing was changed; plan 12 is in force.

            Next: strangler promote catalog --share 25

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Preview_Refused_ListsWhatIsMissingAndExitsWithFive()
    {
        var run = Ready(false, Refused);

        (await run.RunAsync("preview", "promote", "search", "--share", "10")).ShouldBe(5);

        run.Out.ShouldBe("""
            promote search
              refused  preconditions are missing
              missing  mismatch 2 % (2 of 100 exchanges of the last hour differ), limit 0.1
                       %; strangler diffs shows them
              missing  p95 of both sides is not known yet
              stage    read-canary: reads of a share of the units go to the new side, writes
                       to legacy
              undo     instant

            Nothing was changed; plan 12 is in force.

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Preview_WithoutChanges_ExitsWithZero()
    {
        var run = Ready(true, Canary with { Changes = [], Verb = "kill" });

        (await run.RunAsync("preview", "kill", "catalog")).ShouldBe(0);
    }

    [Theory]
    [InlineData("include catalog search --unit a --group b --remove")]
    [InlineData("hold catalog --release")]
    [InlineData("rollback catalog --to shadow")]
    public async Task Preview_WithChanges_NamesTheCommandThatMakesThem(string line)
    {
        var run = Ready(true, Canary);

        await run.RunAsync(["preview", .. line.Split(' ')]);

        run.Out.ShouldEndWith($"Next: strangler {line}\n");
    }

    private static CliRun Ready(bool possible, params MovePreview[] moves)
    {
        var run = new CliRun();
        run.Edge.Answers(new PreviewAnswer(12, possible, moves), AdminJson.Default.PreviewAnswer);
        return run;
    }
}
