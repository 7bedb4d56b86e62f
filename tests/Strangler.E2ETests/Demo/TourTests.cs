using Shouldly;

namespace Strangler.E2ETests.Demo;

public sealed class TourTests
{
    [Fact]
    public async Task Tour_Unattended_SeesEverythingAndLeavesNothingRunning()
    {
        await using var demo = DemoProcess.Start("--tour", "--ephemeral", "--seed", "2");

        var code = await demo.WaitForExitAsync();

        code.ShouldBe(0, demo.Output);
        demo.Output.ShouldContain("7 of 7 steps seen");
        demo.Output.ShouldNotContain("\e[", Case.Sensitive, "no escape codes in pipes");
        demo.LeftRunning().ShouldBeEmpty();
    }

    [Fact]
    public async Task TourOfThreeEdges_EdgesAndStoreDie_NoRequestFails()
    {
        await using var demo = DemoProcess.Start("--edges", "3", "--tour", "--ephemeral", "--seed", "2");

        var code = await demo.WaitForExitAsync();

        code.ShouldBe(0, demo.Output);
        demo.Output.ShouldContain("6 of 6 steps seen");
        demo.LeftRunning().ShouldBeEmpty();
    }
}
