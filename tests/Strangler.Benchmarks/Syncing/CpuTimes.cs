namespace Strangler.Benchmarks.Syncing;

/// <summary>CPU seconds.</summary>
/// <param name="Engine">Of this process.</param>
/// <param name="Source">Of the source's server.</param>
/// <param name="Target">Of the target's server.</param>
internal sealed record CpuTimes(double Engine, double Source, double Target)
{
    /// <summary>Microseconds for each change between two readings.</summary>
    public CpuTimes Since(CpuTimes before, int changes) => new(
        (Engine - before.Engine) / changes * 1e6, (Source - before.Source) / changes * 1e6, (Target - before.Target) / changes * 1e6);
}
