using Strangler.Demo.Load;
using Strangler.Demo.Processes;
using Strangler.Demo.Shop;
using Strangler.Demo.Tour;
using Strangler.Demo.Watching;

namespace Strangler.Demo;

/// <summary>One demo from its start to its end.</summary>
internal sealed class DemoRun(DemoOptions options, Screen screen)
{
    private static readonly TimeSpan LiveEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LinesEvery = TimeSpan.FromSeconds(2);

    /// <summary>Runs it.</summary>
    /// <returns>The exit code: 0 when all went as it should, 130 when it was stopped before that.</returns>
    public async Task<int> RunAsync(StopSignals signals)
    {
        screen.Line($"Strangler demo, seed {options.Seed}");
        using var folder = options.DataFolder is { } data
            ? await ShopFolder.TakeAsync(data, screen)
            : await ShopFolder.CreateTemporaryAsync();
        var ports = options.FreePorts ? ShopPorts.Free(options.Edges) : ShopPorts.Default(options.Edges);
        RefuseTakenPorts(ports);
        var code = 130;
        await using var shop = new RunningShop(BuiltPrograms.Find(), folder, ports, screen);
        try
        {
            var started = TimeProvider.System.GetTimestamp();
            await shop.StartAsync(signals.Token);
            var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            screen.Line($"The shop is open: {string.Join(", ", shop.Edges)} ({seconds:0.0} s)");
            screen.Line($"Management: {string.Join(", ", shop.Managements)} (./strangler status, in another terminal)");
            screen.Line($"Adapters: {shop.Adapters} (./strangler sync status)");
            screen.Line();
            code = await PlayAsync(shop, signals);
        }
        catch (OperationCanceledException) when (signals.Received is not null)
        {
            // The sentence below says it.
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            shop.ThrowIfOneDied();
            throw new DemoException($"The shop does not answer: {e.Message} Its logs: {folder.Logs}", e);
        }

        screen.Line();
        screen.Line(signals.Received is { } signal ? $"Stopping everything ({signal})." : "Stopping everything.");
        return code;
    }

    private async Task<int> PlayAsync(RunningShop shop, StopSignals signals)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(signals.Token);
        time.CancelAfter(options.For ?? Timeout.InfiniteTimeSpan);
        if (options.Tour)
        {
            return await new TourRun(shop, options, screen, TimeProvider.System).RunAsync(time.Token) ? 0 : 1;
        }

        using var admin = new AdminClient(shop.Managements[0], shop.Folder.TokenFile);
        await using var crowd = new ShopperCrowd(shop.Edges, options.Seed, TimeProvider.System);
        var boards = new BoardSource(shop, admin, crowd.Ledger, options.Seed, TimeProvider.System);
        var live = !options.Headless && LiveView.IsPossible;
        IBoardView view = live ? new LiveView(LiveView.NewConsole(), shop.Edges[0]) : new LineView(screen);
        await view.ShowAsync(boards.ReadAsync(live ? LiveEvery : LinesEvery, time.Token));
        return 0;
    }

    private static void RefuseTakenPorts(ShopPorts ports)
    {
        var taken = ports.All
            .Select(wanted => (wanted.Name, wanted.Port, Holder: PortHolder.Find(wanted.Port)))
            .Where(wanted => wanted.Holder is not null)
            .Select(wanted => $"Port {wanted.Port}, which {wanted.Name} needs, is taken by {wanted.Holder}.")
            .ToList();
        if (taken.Count > 0)
        {
            throw new DemoException($"{string.Join(Environment.NewLine, taken)}{Environment.NewLine}End that and start again.");
        }
    }
}
