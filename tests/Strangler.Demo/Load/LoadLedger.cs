namespace Strangler.Demo.Load;

/// <summary>Counts what shoppers see. Safe for use by all of them at once.</summary>
internal sealed class LoadLedger
{
    private readonly Lock gate = new();
    private LoadCounts counts = new(0, 0, 0, 0);

    /// <summary>The last failure in words; null when there was none.</summary>
    public string? LastFailure { get; private set; }

    /// <summary>The counts at this moment.</summary>
    public LoadCounts Read()
    {
        lock (gate)
        {
            return counts;
        }
    }

    /// <summary>A request that was answered.</summary>
    public void Answered()
    {
        lock (gate)
        {
            counts = counts with { Requests = counts.Requests + 1 };
        }
    }

    /// <summary>An order that was placed.</summary>
    public void Ordered()
    {
        lock (gate)
        {
            counts = counts with { Orders = counts.Orders + 1 };
        }
    }

    /// <summary>A request whose answer broke off after it had begun.</summary>
    public void Cut()
    {
        lock (gate)
        {
            counts = counts with { Requests = counts.Requests + 1, Cut = counts.Cut + 1 };
        }
    }

    /// <summary>A request that failed.</summary>
    public void Failed(string what)
    {
        lock (gate)
        {
            counts = counts with { Requests = counts.Requests + 1, Failed = counts.Failed + 1 };
            LastFailure = what;
        }
    }
}
