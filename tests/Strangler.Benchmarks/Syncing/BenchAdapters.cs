using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Strangler.Sync;

namespace Strangler.Benchmarks.Syncing;

/// <summary>An adapter host for the tables of a <see cref="SyncPair"/>.</summary>
internal static class BenchAdapters
{
    /// <summary>Builds one, not started.</summary>
    public static WebApplication Build(SyncPair pair, bool images, int lanes, string folder, ChangeFeedKind feed)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Source"] = pair.Source,
            ["ConnectionStrings:SourceOwner"] = pair.Source,
            ["ConnectionStrings:Target"] = pair.Target,
            ["ConnectionStrings:TargetOwner"] = pair.Target,
            ["Sync:Feed"] = $"{feed}",
            ["Sync:Slot"] = "bench",
            ["Sync:Publication"] = "bench",
            ["Sync:Lanes"] = $"{lanes}",
            // So that a large transaction is applied, and not journaled to spare the source's disk.
            ["Sync:RetainedBytes"] = $"{64L << 30}",
            ["Sync:JournalFolder"] = folder,
            ["Urls"] = "http://127.0.0.1:0",
        });
        builder.Services.AddStranglerSync(builder.Configuration).AddStream("bench", "Source", "Target", new SyncItemMapping(images));
        return builder.Build();
    }

    /// <summary>Installs what it needs in both stores.</summary>
    /// <exception cref="InvalidOperationException">The installation was refused.</exception>
    public static async Task InstallAsync(WebApplication adapters)
    {
        await using var output = new StringWriter();
        if (await adapters.InstallSyncAsync(output) != 0)
        {
            throw new InvalidOperationException(output.ToString());
        }
    }
}
