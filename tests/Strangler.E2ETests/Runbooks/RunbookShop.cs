using System.Diagnostics;
using Strangler.Demo.Processes;
using Strangler.E2ETests.Demo;
using Strangler.E2ETests.Readme;

namespace Strangler.E2ETests.Runbooks;

/// <summary>A whole shop with two edges on one control store, and an operator's shell beside it.</summary>
public sealed class RunbookShop : IAsyncLifetime
{
    private const string Edges = "2";

    private readonly DataFolder _folder = new();
    private DemoProcess _demo = null!;
    private ReadmeShell _shell = null!;
    private string _settings = "";

    public async ValueTask InitializeAsync()
    {
        _demo = DemoProcess.Start("--data", _folder.Path, "--free-ports", "--headless", "--edges", Edges);
        await _demo.WaitForOutputAsync("Adapters: ");
        var (shop, management) = (PortsAfter("The shop is open: "), PortsAfter("Management: "));
        var ports = new Dictionary<int, int> { [8080] = shop[0], [8081] = management[0], [8180] = shop[1], [8181] = management[1] };
        _shell = new ReadmeShell(ports, Path.Combine(_folder.Path, "admin.token"));
        _settings = string.Join(' ',
            "export",
            $"STRANGLER_ADAPTERS=http://127.0.0.1:{PortsAfter("Adapters: ")[0]}",
            $"STRANGLER_ADAPTERS_TOKEN_FILE={_folder.Path}/adapters.token",
            $"EDGE_STATE={Directory.EnumerateDirectories(InDemo("edges")).Order(StringComparer.Ordinal).First()}",
            $"RULES={InDemo("strangler.yaml")};");
        await RunUntilAsync("./strangler sync status", "following");
    }

    public async ValueTask DisposeAsync()
    {
        await _demo.DisposeAsync();
        _shell.Dispose();
        _folder.Dispose();
    }

    /// <summary>Runs a line as an operator does; it must end well.</summary>
    /// <returns>What it printed, and the line itself.</returns>
    public Task<string> RunAsync(string line) => _shell.RunAsync($"{_settings} {line}");

    /// <summary>Runs a line again and again, as a waiting operator does, until it prints a text.</summary>
    public Task<string> RunUntilAsync(string line, string text) => _shell.RunUntilAsync($"{_settings} ({line}) || true", text);

    /// <summary>Takes a capability to a stage, wherever it stands.</summary>
    public async Task ToAsync(string capability, string stage)
    {
        await RunAsync($"./strangler rollback {capability} --to legacy --reason \"the next page\" --yes || true");
        if (stage == "legacy") return;
        await RunAsync($"./strangler promote {capability} --to shadow --reason \"the next page\" --yes");
        if (stage == "shadow") return;
        await RunAsync($"./strangler promote {capability} --to read-canary --share 100 --reason \"the next page\" --yes");
        await RunAsync($"./strangler promote {capability} --everyone --reason \"the next page\" --yes");
    }

    /// <summary>The connection string of the monolith's database that the adapters have.</summary>
    public string ReaderConnectionString()
    {
        var adapters = ProcessIdentity.FromPidFile(Path.Combine(InDemo("pids"), "adapters.pid"))!;
        const string Name = "ConnectionStrings__Legacy=";
        return File.ReadAllText($"/proc/{adapters.Id}/environ").Split('\0').Single(line => line.StartsWith(Name, StringComparison.Ordinal))[Name.Length..];
    }

    /// <summary>Freezes the server of the control store with all its sessions, or lets it go on.</summary>
    public async Task FreezeStoreAsync(bool freeze)
    {
        var server = int.Parse((await File.ReadAllLinesAsync(Path.Combine(InDemo("clusters"), "services", "data", "postmaster.pid")))[0], null);
        foreach (var process in (int[])[server, .. ProcessIdentity.ChildrenOf(server).Select(child => child.Id)])
        {
            using var kill = Process.Start("kill", [freeze ? "-STOP" : "-CONT", $"{process}"]);
            await kill.WaitForExitAsync();
        }
    }

    private string InDemo(string name) => Path.Combine(_folder.Path, "demo", name);

    private IReadOnlyList<int> PortsAfter(string text)
    {
        var rest = _demo.Output[(_demo.Output.IndexOf(text, StringComparison.Ordinal) + text.Length)..].Split('\n')[0].Split(" (")[0];
        return [.. rest.Split(", ").Select(address => new Uri(address.Trim()).Port)];
    }
}
