using System.Diagnostics;
using Npgsql;
using Shouldly;
using Strangler.Demo.Clusters;

namespace Strangler.E2ETests.Readme;

/// <summary>docs/adapters.md from its first line to its last, as a newcomer follows it: on a fresh server and in a folder of their own.</summary>
public sealed class AdaptersGuideTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Guide_FollowedLineByLine_EndsWithARunningStreamThatCompareFindsClean()
    {
        await using var cluster = await PrivateCluster.CreateTemporaryAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["wal_level"] = "logical", ["max_slot_wal_keep_size"] = "512MB" }, cancellation: Cancellation);
        using var shell = new ReadmeShell(new Dictionary<int, int> { [5432] = cluster.Port, [5300] = FreePort.Next() });
        // No build server stays behind.
        var setting = $"export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false STRANGLER='{ReadmeFile.Root}'";
        var said = new List<string>();
        Process? adapters = null;
        try
        {
            foreach (var (language, lines) in GuideFile.Blocks("adapters.md"))
            {
                var text = string.Join('\n', lines);
                if (language == "sql") await ExecuteAsync(cluster, lines);
                else if (language == "xml") await File.WriteAllTextAsync(shell.InFolder("MyAdapters.csproj"), text, Cancellation);
                else if (language == "csharp") await File.WriteAllTextAsync(shell.InFolder(text.StartsWith("var builder", StringComparison.Ordinal) ? "Program.cs" : "SupplierMapping.cs"), text, Cancellation);
                else if (lines[0].StartsWith("export", StringComparison.Ordinal)) setting = string.Join("; ", [setting, .. lines]);
                else foreach (var line in lines) await RunAsync(line);
            }
        }
        finally
        {
            if (adapters is not null)
            {
                adapters.Kill(entireProcessTree: true);
                await adapters.WaitForExitAsync(CancellationToken.None);
                adapters.Dispose();
            }
        }

        said.Count(output => output.Contains("suppliers: clean, both stores say the same", StringComparison.Ordinal)).ShouldBe(2, string.Join('\n', said));
        (await CountAsync(cluster, "purchasing.supplier")).ShouldBe(2000);
        (await CountAsync(cluster, "purchasing.phone")).ShouldBe(4000);

        async Task RunAsync(string line)
        {
            var command = $"{setting}; {line}";
            // What the reader waits for with their own eyes.
            if (line.EndsWith('&')) adapters = shell.Start(shell.WithPorts($"{setting}; exec {line.TrimEnd('&', ' ')} >adapters.log 2>&1"));
            else if (line.EndsWith("sync status", StringComparison.Ordinal)) said.Add(await shell.RunUntilAsync($"({command}) || true", "following"));
            else if (line.Contains("deadletters list", StringComparison.Ordinal)) said.Add(await shell.RunUntilAsync(command, "active is neither Y nor N"));
            else if (line.Contains("sync compare", StringComparison.Ordinal)) said.Add(await shell.RunUntilAsync($"({command}) || true", "clean"));
            else if (line.EndsWith("--dry-run", StringComparison.Ordinal)) said.Add(await shell.RunUntilAsync($"({command}) || true", "nothing to repair"));
            else said.Add(await shell.RunAsync(command));
        }
    }

    // The first line says where and as whom; each statement ends its line.
    private static async Task ExecuteAsync(PrivateCluster cluster, IReadOnlyList<string> lines)
    {
        var connectionString = lines[0] switch
        {
            "-- as a superuser" => cluster.ConnectionString("postgres"),
            "-- in the database old, as its owner" => cluster.ConnectionString("old", "old_owner", "old-owner-secret"),
            "-- in the database new, as its owner" => cluster.ConnectionString("new", "new_owner", "new-owner-secret"),
            var other => throw new InvalidOperationException($"Where is '{other}' to be run?"),
        };
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        foreach (var statement in lines.Skip(1))
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(Cancellation);
        }
    }

    private static async Task<long> CountAsync(PrivateCluster cluster, string table)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString("new") + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand($"select count(*) from {table}", connection);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
