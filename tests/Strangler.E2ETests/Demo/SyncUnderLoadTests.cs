using System.Runtime.InteropServices;
using Shouldly;
using Strangler.E2ETests.Readme;

namespace Strangler.E2ETests.Demo;

/// <summary>Three capabilities are kept in step while shoppers shop, and the command line says so.</summary>
public sealed class SyncUnderLoadTests
{
    private static readonly string[] Capabilities = ["catalog", "inventory", "customers"];

    [Fact]
    public async Task Demo_ShoppersShopping_BothStoresOfEveryCapabilitySayTheSame()
    {
        using var folder = new DataFolder();
        await using var demo = DemoProcess.Start("--data", folder.Path, "--free-ports", "--headless", "--seed", "4");
        await demo.WaitForOutputAsync("(./strangler sync status)");
        using var shell = new ReadmeShell(new Dictionary<int, int>());
        var settings = $"export STRANGLER_ADAPTERS={AddressAfter(demo, "Adapters: ")} STRANGLER_ADAPTERS_TOKEN_FILE={Path.Combine(folder.Path, "adapters.token")}";
        foreach (var capability in Capabilities)
        {
            await shell.RunUntilAsync($"{settings}; ./strangler sync compare {capability} || true", "clean");
        }

        // From here on nothing is excused: a line that ends with another exit code than 0 throws.
        foreach (var capability in Capabilities)
        {
            (await shell.RunAsync($"{settings}; ./strangler sync compare {capability} --full")).ShouldContain($"{capability}: clean, both stores say the same");
            (await shell.RunAsync($"{settings}; ./strangler sync compare {capability} --exact")).ShouldContain($"{capability}: clean, both stores say the same");
        }

        (await shell.RunAsync($"{settings}; ./strangler sync preview")).ShouldContain("Installing would run 0 statements.");
        (await shell.RunAsync($"{settings}; ./strangler sync backfill inventory --reason \"looked odd\" --yes")).ShouldContain("5,000 aggregates are brought over");
        await shell.RunAsync($"{settings}; ./strangler sync pause --reason stocktaking --yes");
        (await shell.RunAsync($"{settings}; ./strangler sync status")).ShouldContain("paused");
        await shell.RunAsync($"{settings}; ./strangler sync resume --reason \"it is over\" --yes");
        await shell.RunUntilAsync($"{settings}; ./strangler sync compare customers || true", "clean");
        (await shell.RunAsync($"{settings}; ./strangler sync status")).ShouldNotContain("stopped");

        demo.Signal(PosixSignal.SIGTERM);
        await demo.WaitForExitAsync();
        demo.LeftRunning().ShouldBeEmpty();
    }

    private static string AddressAfter(DemoProcess demo, string text)
    {
        var rest = demo.Output[(demo.Output.IndexOf(text, StringComparison.Ordinal) + text.Length)..];
        return rest.Split(' ', '\n')[0].Trim();
    }
}
