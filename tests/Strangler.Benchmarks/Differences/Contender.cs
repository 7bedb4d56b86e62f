using System.Diagnostics;

namespace Strangler.Benchmarks.Differences;

/// <summary>Something that is measured in rounds, in turn with the others, so that all see the same machine.</summary>
internal sealed class Contender(string name, Action run)
{
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(150);
    private readonly List<double> _nanoseconds = [];

    public string Name => name;

    /// <summary>Bytes of one run.</summary>
    public long Allocated { get; private set; }

    /// <summary>The median of all rounds, in nanoseconds for one run.</summary>
    public double Median => _nanoseconds.Order().ElementAt(_nanoseconds.Count / 2);

    public void Measure()
    {
        // The first runs compile; they are not counted.
        if (_nanoseconds.Count == 0) RunFor(Round * 3);
        var (runs, took) = RunFor(Round);
        _nanoseconds.Add(took.TotalNanoseconds / runs);
        var before = GC.GetAllocatedBytesForCurrentThread();
        run();
        Allocated = GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private (long Runs, TimeSpan Took) RunFor(TimeSpan time)
    {
        var (start, runs) = (Stopwatch.GetTimestamp(), 0L);
        do
        {
            run();
            runs++;
        }
        while (Stopwatch.GetElapsedTime(start) < time);
        return (runs, Stopwatch.GetElapsedTime(start));
    }
}
