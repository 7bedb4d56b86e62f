using System.Diagnostics;
using System.Globalization;

namespace Strangler.Benchmarks.Differences;

/// <summary>jsondiffpatch on Node, parsing included. It is not part of the repository: its folder is named by who runs the benchmark.</summary>
internal static class NodeDiff
{
    /// <summary>Names the folder when no argument does.</summary>
    public const string Variable = "STRANGLER_JSONDIFFPATCH";

    // Both spellings that people use: by position, and with the key that tells items apart.
    private const string Script = """
        const [folder, legacyFile, newFile, keyed] = process.argv.slice(1);
        const fs = await import('node:fs');
        const { create } = await import(`${folder}/node_modules/jsondiffpatch/lib/index.js`);
        const differ = create(keyed === 'keyed' ? { objectHash: item => item.sku } : {});
        const [legacy, other] = [fs.readFileSync(legacyFile), fs.readFileSync(newFile)];
        const once = () => differ.diff(JSON.parse(legacy.toString('utf8')), JSON.parse(other.toString('utf8')));
        const runFor = milliseconds => {
          let runs = 0;
          const start = process.hrtime.bigint();
          do { once(); runs++; } while (process.hrtime.bigint() - start < BigInt(milliseconds) * 1000000n);
          return Number(process.hrtime.bigint() - start) / runs;
        };
        runFor(1000);
        const rounds = Array.from({ length: 9 }, () => runFor(150)).sort((a, b) => a - b);
        console.log(rounds[4]);
        """;

    /// <summary>Median nanoseconds of one comparison.</summary>
    public static async Task<double> MeasureAsync(string folder, byte[] legacy, byte[] @new, bool keyed)
    {
        var files = Directory.CreateTempSubdirectory("strangler-bench-");
        try
        {
            var (left, right) = (Path.Combine(files.FullName, "legacy.json"), Path.Combine(files.FullName, "new.json"));
            await File.WriteAllBytesAsync(left, legacy);
            await File.WriteAllBytesAsync(right, @new);
            var start = new ProcessStartInfo("node", ["--input-type=module", "-e", Script, Path.GetFullPath(folder), left, right, keyed ? "keyed" : "plain"]) { RedirectStandardOutput = true, UseShellExecute = false };
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0
                ? double.Parse(output, CultureInfo.InvariantCulture)
                : throw new InvalidOperationException($"node ended with {process.ExitCode}: is jsondiffpatch installed in {folder}?");
        }
        finally
        {
            files.Delete(recursive: true);
        }
    }
}
