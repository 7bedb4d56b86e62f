using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Shouldly;

namespace Strangler.E2ETests.Demo;

public sealed class DemoTests
{
    [Fact]
    public async Task Demo_PortTaken_NamesPortAndHolderAndStartsNothing()
    {
        using var folder = new DataFolder();
        using var listener = TakeOnePort(5201, 5300, 5100, 8081);
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var demo = DemoProcess.Start("--data", folder.Path);

        var code = await demo.WaitForExitAsync();

        code.ShouldBe(1, demo.Output);
        demo.Output.ShouldMatch($@"Port {port}, which [a-z' ]+ needs, is taken by .*\(process {Environment.ProcessId}\)");
        demo.LeftRunning().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Strangler demo")]
    [InlineData("legacy database")]
    [InlineData("monolith's data")]
    [InlineData("catalog ")]
    public async Task Demo_CtrlCWhileItStarts_StopsInOrder(string moment)
    {
        using var folder = new DataFolder();
        await using var demo = DemoProcess.Start("--data", folder.Path, "--free-ports", "--headless");
        await demo.WaitForOutputAsync(moment);

        demo.Signal(PosixSignal.SIGINT);
        var code = await demo.WaitForExitAsync();

        code.ShouldBe(130, demo.Output);
        demo.Output.ShouldContain("Stopping everything (Ctrl-C).");
        demo.LeftRunning().ShouldBeEmpty();
        File.Exists(Path.Combine(folder.Path, "demo", "unfinished")).ShouldBeFalse();
    }

    [Fact]
    public async Task Demo_Killed_NextOneEndsWhatItLeftRunningAndRunsItsTime()
    {
        using var folder = new DataFolder();
        string[] arguments = ["--data", folder.Path, "--free-ports", "--headless", "--for", "3s", "--seed", "7"];
        await using var first = DemoProcess.Start(arguments);
        await first.WaitForOutputAsync("monolith ");
        await first.Kill9Async();
        first.LeftRunning().ShouldNotBeEmpty();

        await using var second = DemoProcess.Start(arguments);
        var code = await second.WaitForExitAsync();

        code.ShouldBe(0, second.Output);
        second.Output.ShouldContain("ended what it left running: ");
        second.Output.ShouldContain("half-written data");
        second.Output.ShouldContain("seed 7");
        second.Output.ShouldContain("catalog    legacy");
        second.Output[second.Output.IndexOf("The shop is open", StringComparison.Ordinal)..].Split('\n').ShouldAllBe(line => line.Length <= 80);
        first.LeftRunning().ShouldBeEmpty();
        second.LeftRunning().ShouldBeEmpty();
    }

    [Fact]
    public async Task Demo_WhileAnotherRuns_RefusedWithTheProcessThatRuns()
    {
        using var folder = new DataFolder();
        await using var first = DemoProcess.Start("--data", folder.Path, "--free-ports", "--headless");
        await first.WaitForOutputAsync("services database");

        await using var second = DemoProcess.Start("--data", folder.Path, "--free-ports");
        var code = await second.WaitForExitAsync();

        code.ShouldBe(1, second.Output);
        second.Output.ShouldContain($"already running (process {first.Id})");
        first.Signal(PosixSignal.SIGTERM);
        (await first.WaitForExitAsync()).ShouldBe(130);
        first.LeftRunning().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("--for", "soon")]
    [InlineData("--seed", "0")]
    [InlineData("--seed")]
    public async Task Demo_UnknownArguments_UsageAndExitCodeTwo(params string[] arguments)
    {
        await using var demo = DemoProcess.Start([.. arguments, "--ephemeral"]);

        var code = await demo.WaitForExitAsync();

        code.ShouldBe(2, demo.Output);
        demo.Output.ShouldContain("Usage: strangler demo");
    }

    // Not a fixed one: somebody may watch a demo of another checkout while the tests run.
    private static TcpListener TakeOnePort(params int[] ports)
    {
        foreach (var port in ports)
        {
            var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return listener;
            }
            catch (SocketException)
            {
                listener.Dispose();
            }
        }

        throw new InvalidOperationException("All ports of the demo are taken: end what runs there.");
    }
}
