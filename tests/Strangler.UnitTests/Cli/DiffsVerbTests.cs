using System.Text.Json.Nodes;
using Shouldly;
using Strangler.Core.Admin;
using Xunit;

namespace Strangler.UnitTests.Cli;

public sealed class DiffsVerbTests
{
    [Fact]
    public async Task Diffs_Groups_ShowCountKindFieldBothValuesAndLastSeen()
    {
        var run = new CliRun();
        var first = Samples.Group("$.priceWithTax", "value", "23.78", "23.79") with { Stale = 2 };
        var second = Samples.Group("$.weightGrams", "missing", "null", null) with { Count = 7, Undetermined = 1 };
        run.Edge.Answers(new DifferencesAnswer([first, second]), AdminJson.Default.DifferencesAnswer);

        (await run.RunAsync("diffs", "catalog")).ShouldBe(0);

        run.Edge.Asked.Single().ShouldBe("GET /admin/v1/differences?capability=catalog&limit=20");
        run.Out.ShouldBe("""
            catalog
            COUNT  KIND     FIELD                        LAST SEEN
            1,234  value    $.priceWithTax               3 s ago
                            GET /api/products/SKU-00017
                            legacy 200  23.78
                            new    200  23.79
                            and 2 that were only stale
                7  missing  $.weightGrams                3 s ago
                            GET /api/products/SKU-00017
                            legacy 200  null
                            new    200  (absent)
                            and 1 undetermined

            Next: strangler status catalog

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Diffs_LongPathAndValue_StayWithinEightyColumns()
    {
        var run = new CliRun();
        var group = Samples.Group($"$.{new string('p', 200)}", "value", new string('l', 500), "[\e]");
        run.Edge.Answers(new DifferencesAnswer([group]), AdminJson.Default.DifferencesAnswer);

        (await run.RunAsync("diffs")).ShouldBe(0);

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
}
