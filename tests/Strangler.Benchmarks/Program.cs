using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Strangler.Benchmarks;
using Strangler.Benchmarks.Comparing;
using Strangler.Benchmarks.Differences;
using Strangler.Benchmarks.Flips;
using Strangler.Benchmarks.Proxying;
using Strangler.Benchmarks.Syncing;

switch (args)
{
    case ["proxying", .. var rest]:
        await ProxyingBenchmark.RunAsync(rest is [var rounds] ? int.Parse(rounds, CultureInfo.InvariantCulture) : 12);
        break;
    case ["resilience", .. var more]:
        await ResilienceBenchmark.RunAsync(more is [var turns] ? int.Parse(turns, CultureInfo.InvariantCulture) : 12);
        break;
    case ["shadowing", .. var rest]:
        await ShadowingBenchmark.RunAsync(rest is [var times] ? int.Parse(times, CultureInfo.InvariantCulture) : 8);
        break;
    case ["child-json", var address, var size, var answers]:
        await JsonBackend.RunAsync(address, int.Parse(size, CultureInfo.InvariantCulture), answers == "differs");
        break;
    case ["flips", .. var rest]:
        var flips = rest is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 200;
        await FlipLatency.RunAsync(flips, unguarded: false);
        await FlipLatency.RunAsync(flips, unguarded: true);
        break;
    case ["compare", .. var rest]:
        await CompareBenchmark.RunAsync(rest is [var rows] ? int.Parse(rows, CultureInfo.InvariantCulture) : 1_000_000);
        break;
    case ["comparer", .. var rest]:
        await ComparerBenchmark.RunAsync(
            rest is [var count, ..] ? int.Parse(count, CultureInfo.InvariantCulture) : 15, rest is [_, var folder] ? folder : null);
        break;
    case ["sync", .. var rest]:
        await SyncBenchmark.RunAsync(
            rest is [var part, ..] ? part : "all", rest is [_, var scale] ? int.Parse(scale, CultureInfo.InvariantCulture) : 300_000);
        break;
    case ["child-backend", var address]:
        await Backend.RunAsync(address);
        break;
    case ["child-yarp", var address, var backend, var capabilities]:
        await PlainYarp.RunAsync(address, backend, int.Parse(capabilities, CultureInfo.InvariantCulture));
        break;
    default:
        // In this process: the project that BenchmarkDotNet generates otherwise would inherit the analyzers and pinned packages of the repository.
        var config = DefaultConfig.Instance
            .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default);
        BenchmarkSwitcher.FromAssembly(typeof(DecisionBenchmark).Assembly).Run(args, config);
        break;
}
