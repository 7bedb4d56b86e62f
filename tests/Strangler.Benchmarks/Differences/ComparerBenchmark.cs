using System.Globalization;
using System.Text;
using System.Text.Json;
using JsonDiffPatchDotNet;
using Newtonsoft.Json.Linq;
using Strangler.Core.Compare;

namespace Strangler.Benchmarks.Differences;

/// <summary>
/// What a comparison of two answers costs, next to reading them, next to comparing their bytes, and next to two well-known libraries that
/// are given the same bytes. Ratios of medians, measured in turn.
/// </summary>
internal static class ComparerBenchmark
{
    private const int Size = 16 * 1024;
    private const int Changed = 20;
    private const int Many = 20_000;

    private static readonly DateOnly Today = new(2026, 11, 21);
    private static readonly Comparer Ours = new(new ValueTokens(new byte[ValueTokens.MinKeyBytes]));

    public static async Task RunAsync(int rounds, string? folder)
    {
        var (legacy, changed, inserted) = (ProductLists.OfSize(Size), ProductLists.OfSize(Size, Changed), ProductLists.OfSize(Size, inserted: true));
        var same = legacy.ToArray();
        var (keyedLegacy, keyedNew) = ProductLists.Keyed(Many, 2);
        var (bySku, byId) = (Rules("$.items", "sku"), Rules("$", "id"));

        Contender memory = new("comparing the bytes", () => Ensure(legacy.AsSpan().SequenceEqual(same)));
        Contender scan = new("reading both with Utf8JsonReader", () => Ensure(Scan(legacy) + Scan(changed) > 0));
        Contender equal = new("equal bytes", () => Ensure(Compare(legacy, same, CompareRules.None, 0)));
        Contender one = new("one field differs, in sequence", () => Ensure(Compare(legacy, changed, CompareRules.None, 1)));
        Contender keyed = new("one field differs, keyed", () => Ensure(Compare(legacy, changed, bySku, 1)));
        Contender front = new("one item in front, in sequence", () => Ensure(Compare(legacy, inserted, CompareRules.None, 2)));
        Contender frontKeyed = new("one item in front, keyed", () => Ensure(Compare(legacy, inserted, bySku, 2)));
        Contender many = new($"{Many:N0} keyed items reversed, 2 differ", () => Ensure(Compare(keyedLegacy, keyedNew, byId, 2)));
        Contender net = new("JsonDiffPatch.Net, one field differs", () => Ensure(Patch(legacy, changed) is not null));
        Contender netFront = new("JsonDiffPatch.Net, one item in front", () => Ensure(Patch(legacy, inserted) is not null));
        Contender[] all = [memory, scan, equal, one, keyed, front, frontKeyed, many, net, netFront];
        for (var round = 0; round < rounds; round++)
            foreach (var contender in all) contender.Measure();

        Console.WriteLine($"two lists of {legacy.Length:N0} bytes, medians of {rounds} rounds");
        foreach (var contender in all) Print(contender);
        Print($"equal bytes: {2 * legacy.Length / equal.Median:0.0} GB/s of both sides, comparing the bytes alone {2 * legacy.Length / memory.Median:0.0} GB/s");
        Print($"one field differs by reading both: in sequence {one.Median / scan.Median:0.00}, keyed {keyed.Median / scan.Median:0.00} (target 2)");
        Print($"JsonDiffPatch.Net by ours: {net.Median / one.Median:0.0} in sequence, {net.Median / keyed.Median:0.0} keyed (target 8)");
        Print($"our allocation by JsonDiffPatch.Net's: {(double)one.Allocated / net.Allocated:0.0000} (target 0.01)");
        Print($"one item in front, and the total, by reading both: in sequence {front.Median / scan.Median:0.00}, keyed {frontKeyed.Median / scan.Median:0.00}; JsonDiffPatch.Net by ours {netFront.Median / front.Median:0.0}");
        Print($"{Many:N0} keyed items: {many.Median / 1e6:0.0} ms (target 50)");
        await CompareWithNodeAsync(folder, legacy, changed, one, keyed);
    }

    private static async Task CompareWithNodeAsync(string? folder, byte[] legacy, byte[] @new, Contender one, Contender keyed)
    {
        folder ??= Environment.GetEnvironmentVariable(NodeDiff.Variable);
        if (folder is null || !Directory.Exists(Path.Combine(folder, "node_modules", "jsondiffpatch")))
        {
            Console.WriteLine($"jsondiffpatch on Node: not measured; install it in a folder of its own and name the folder (argument, or {NodeDiff.Variable}).");
            return;
        }

        var (plain, hashed) = (await NodeDiff.MeasureAsync(folder, legacy, @new, keyed: false), await NodeDiff.MeasureAsync(folder, legacy, @new, keyed: true));
        Print($"jsondiffpatch on Node: {plain / 1000:0.0} us in sequence, {hashed / 1000:0.0} us keyed; by ours {plain / one.Median:0.0} and {hashed / keyed.Median:0.0} (target 4)");
    }

    private static CompareRules Rules(string path, string key) => JsonPath.TryParse(path, out var parsed, out _)
        ? new([new CompareRule(null, parsed, [key], Unordered: true, Shape: null, Ignore: null, Show: false)])
        : throw new InvalidOperationException($"{path} is no path.");

    private static bool Compare(byte[] legacy, byte[] @new, CompareRules rules, int differences) =>
        Ours.Compare(Answered(legacy), Answered(@new), rules, Today).Differences.Count == differences;

    private static Answer Answered(byte[] body) => new(200, "application/json; charset=utf-8", null, body);

    private static JToken? Patch(byte[] legacy, byte[] @new) =>
        new JsonDiffPatch().Diff(JToken.Parse(Encoding.UTF8.GetString(legacy)), JToken.Parse(Encoding.UTF8.GetString(@new)));

    private static int Scan(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        var tokens = 0;
        while (reader.Read()) tokens++;
        return tokens;
    }

    // What is measured must also be right.
    private static void Ensure(bool expected)
    {
        if (!expected) throw new InvalidOperationException("A comparison did not find what it should.");
    }

    private static void Print(Contender contender) =>
        Print($"  {contender.Name}: {contender.Median / 1000:0.00} us, {contender.Allocated:N0} bytes allocated");

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
