namespace Strangler.Demo.Load;

/// <summary>Counts what shoppers see. Safe for use by all of them at once.</summary>
internal sealed class LoadLedger
{
    private readonly Lock _gate = new();
    private LoadCounts _counts = new(0, 0, 0, 0);

    /// <summary>The last failure in words; null when there was none.</summary>
    public string? LastFailure { get; private set; }

    /// <summary>The counts at this moment.</summary>
    public LoadCounts Read()
    {
        lock (_gate)
        {
            return _counts;
        }
    }

    /// <summary>A request that was answered.</summary>
    public void Answered()
    {
        lock (_gate)
        {
            _counts = _counts with { Requests = _counts.Requests + 1 };
        }
    }

    /// <summary>An order that was placed.</summary>
    public void Ordered()
    {
        lock (_gate)
        {
            _counts = _counts with { Orders = _counts.Orders + 1 };
        }
    }

    /// <summary>A request whose answer broke off after it had begun.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _counts = _counts with { Requests = _counts.Requests + 1, Cut = _counts.Cut + 1 };
        }
    }

    /// <summary>A request that failed.</summary>
    public void Failed(string what)
    {
        lock (_gate)
        {
            _counts = _counts with { Requests = _counts.Requests + 1, Failed = _counts.Failed + 1 };
            LastFailure = what;
        }
    }
}
