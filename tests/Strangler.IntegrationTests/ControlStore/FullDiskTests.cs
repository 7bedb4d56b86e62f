using System.Diagnostics;
using System.Text.Json.Nodes;
using Shouldly;
using Strangler.Core.Audit;
using Strangler.Core.Model;
using Strangler.IntegrationTests.Edge;
using Strangler.IntegrationTests.Sync;
using Strangler.Proxy.Plans;

namespace Strangler.IntegrationTests.ControlStore;

/// <summary>A state folder on a disk that is really full. Needs root, for a tiny file system of its own.</summary>
public sealed class FullDiskTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("full-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Kill_DiskFull_IsInForceSaysSoAndIsSavedWhenThereIsRoomAgain()
    {
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", _folder) == 0, "only root may mount a small file system");
        await using var legacy = await TestBackend.StartAsync(TestBackend.Text("legacy"));
        await using var @new = await TestBackend.StartAsync(TestBackend.Text("new"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "rules.yaml"), $$"""
            apiVersion: strangler/v1
            legacy: { destinations: ["{{legacy.Address}}"] }
            unit: { session: { cookie: LegacySession } }
            capabilities:
              catalog:
                new: { destinations: ["{{@new.Address}}"] }
                operations: [ { match: "GET /api/products/{sku}", semantics: safe } ]

            """, Cancel);
        await using var edge = await StoreEdge.StartAsync("a", _folder, store: null);
        using var client = new HttpClient();
        await edge.MustAsync(Verb.Promote);
        await edge.MustAsync(Verb.Promote, share: 100);
        var filler = Path.Combine(_folder, "filler");
        await FillAsync(filler);

        var promote = await edge.MoveAsync(Verb.Shrink, share: 20);
        var kill = await edge.MoveAsync(Verb.Kill);
        using (var answer = await edge.GetAsync(client, "anybody")) answer.Decision("reason").ShouldBe("killed");

        promote.Outcome.ShouldBe(ChangeOutcome.NotSaved);
        promote.Message!.ShouldContain("No space left on device");
        kill.Changes.ShouldContain(change => change.StartsWith("kept in memory only, a restart of this edge forgets it: No space left", StringComparison.Ordinal));
        File.Delete(filler);
        await Eventually.TrueAsync("the kill to be saved", () => edge is { Plan: 4, Control.Health.Overrides.Count: 0 });
        edge.Catalog.Killed.ShouldBeTrue();
        var lines = await edge.Control.Store.ReadAuditAsync(Cancel).ToListAsync(Cancel);
        lines.Skip(1).Zip(lines).ShouldAllBe(pair => (string)JsonNode.Parse(pair.First)!["previous"]! == AuditChain.Hash(pair.Second));
        ((string)JsonNode.Parse(lines[^1])!["verb"]!).ShouldBe("kill");
    }

    // To the last byte: a small write must find no room in a block that is half full either.
    private static async Task FillAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var size = 64 * 1024; size > 0;)
        {
            try
            {
                await file.WriteAsync(new byte[size], Cancel);
            }
            catch (IOException)
            {
                size /= 2;
            }
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }
}
