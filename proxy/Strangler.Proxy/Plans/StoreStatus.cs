using Microsoft.Extensions.Logging;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Plans;

/// <summary>Remembers whether the store can be read and which plan was refused, and says each once when it changes.</summary>
internal sealed class StoreStatus(TimeProvider time, ILogger log)
{
    private Absence? _away;
    private RefusedPlan? _refused;

    /// <summary>Since when the store is away and why; null when it is there.</summary>
    public Absence? Away => Volatile.Read(ref _away);

    /// <summary>The newest plan, when it cannot be used.</summary>
    public RefusedPlan? Refused => Volatile.Read(ref _refused);

    public void Lost(string error, long plan)
    {
        var before = Away;
        Volatile.Write(ref _away, new Absence(before?.Since ?? time.GetUtcNow(), error));
        if (before is null) log.StoreAway(error, plan);
    }

    public void Back()
    {
        if (Interlocked.Exchange(ref _away, null) is { } away) log.StoreBack((time.GetUtcNow() - away.Since).TotalSeconds);
    }

    public void Refuse(RefusedPlan refused, long plan)
    {
        Volatile.Write(ref _refused, refused);
        log.PlanRefused(refused.Number, refused.Why, plan);
    }

    public void Accept() => Volatile.Write(ref _refused, null);

    internal sealed record Absence(DateTimeOffset Since, string Error);
}
