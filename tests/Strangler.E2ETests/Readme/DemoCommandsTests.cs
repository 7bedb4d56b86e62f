using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Shouldly;
using Strangler.E2ETests.Demo;

namespace Strangler.E2ETests.Readme;

/// <summary>"Try it": the README's lines against a running demo.</summary>
public sealed class DemoCommandsTests
{
    [Fact]
    public async Task Readme_DemoCommands_DoWhatTheyShow()
    {
        var lines = ReadmeFile.Blocks("sh").Single(block => block.Any(line => line.Contains("promote catalog", StringComparison.Ordinal)));
        using var folder = new DataFolder();
        await using var demo = DemoProcess.Start("--data", folder.Path, "--free-ports", "--headless");
        await demo.WaitForOutputAsync("Management: ");
        var ports = new Dictionary<int, int> { [8080] = PortAfter(demo, "The shop is open: "), [8081] = PortAfter(demo, "Management: ") };
        using var shell = new ReadmeShell(ports, Path.Combine(folder.Path, "admin.token"));

        (await shell.RunAsync(lines[0])).ShouldContain("catalog");
        (await shell.RunAsync(lines[1])).ShouldContain("shadow");
        await shell.RunAsync(lines[2]);
        (await shell.RunAsync(lines[3])).ShouldContain("read-canary");
        (await shell.RunAsync(lines[4])).ShouldContain("bucket");
        var legacy = await shell.RunAsync(lines[5]);
        await shell.RunAsync("./strangler promote catalog --share 100 --reason \"all units\" --yes");
        await shell.RunAsync("./strangler promote catalog --everyone --reason \"and curl\" --yes");
        var fresh = await shell.RunAsync(lines[5]);
        (await shell.RunAsync(lines[6])).ShouldContain("killed");

        demo.Signal(PosixSignal.SIGTERM);
        await demo.WaitForExitAsync();
        demo.LeftRunning().ShouldBeEmpty();
        legacy.ShouldContain("Strangler-Decision: legacy;capability=catalog;stage=read-canary");
        fresh.ShouldContain("Strangler-Decision: new;capability=catalog;stage=read-canary");
        JsonNode.DeepEquals(ProductIn(legacy), ProductIn(fresh)).ShouldBeTrue($"{legacy}\n{fresh}");
    }

    // Without what differs by nature: the time of the answer, and the order of the categories, which the monolith never fixed.
    private static JsonObject ProductIn(string answer)
    {
        var product = JsonNode.Parse(answer[answer.IndexOf('{', StringComparison.Ordinal)..])!.AsObject();
        product.Remove("generatedAt");
        product["categories"] = string.Join(',', product["categories"]!.AsArray().Select(c => (string)c!).Order(StringComparer.Ordinal));
        return product;
    }

    private static int PortAfter(DemoProcess demo, string text)
    {
        var rest = demo.Output[(demo.Output.IndexOf(text, StringComparison.Ordinal) + text.Length)..];
        return new Uri(rest.Split(' ', '\n')[0].Trim()).Port;
    }
}
