using System.Xml.Linq;
using Shouldly;

namespace Strangler.E2ETests.Readme;

/// <summary>docs/shadow.md, line by line: a defect is found with its cause, the gate refuses, the defect is mended, the gate opens.</summary>
public sealed class ShadowGuideTests
{
    [Fact]
    public async Task ShadowGuide_LineByLine_FindsTheCauseAndOpensTheGateOnceItIsMended()
    {
        OwnMonolith.SkipWithoutItsTools();
        var blocks = GuideFile.Blocks("shadow.md").ToList();
        var (start, look, mend, report) = (blocks[1].Lines, blocks[2].Lines, blocks[3].Lines, blocks[4].Lines);
        await using var monolith = await OwnMonolith.StartAsync(blocks[0].Lines, start);
        var shell = monolith.Shell;
        await shell.RunUntilAsync("curl -s http://127.0.0.1:9000/things/7.json || true", "7.00");
        await shell.RunUntilAsync("curl -s http://127.0.0.1:9001/7.json || true", "8.33");

        foreach (var line in look.Take(2)) await shell.RunAsync(line);
        (await shell.RunUntilAsync(look[2], "200 of 200")).ShouldContain("equal to legacy x 1.19");
        (await shell.RunAsync($"{look[3]}; test $? = 5")).ShouldContain("shop: roll back");
        (await shell.RunAsync($"{report.Single()}; test $? = 5 && cat gate.xml")).ShouldSatisfyAllConditions(xml =>
            XDocument.Parse(xml).Descendants("failure").Count().ShouldBe(1));

        foreach (var line in mend.SkipLast(1)) await shell.RunAsync(line);
        (await shell.RunUntilAsync(mend[^1], "400")).ShouldContain("shop");
    }
}
