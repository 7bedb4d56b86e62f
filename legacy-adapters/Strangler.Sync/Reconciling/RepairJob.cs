using Strangler.Core.Adapters;

namespace Strangler.Sync.Reconciling;

/// <summary>A repair and what is known of it so far.</summary>
internal sealed class RepairJob
{
    /// <summary>So many aggregates may always be repaired at a time.</summary>
    public const long AlwaysAllowed = 1000;

    private const double Share = 0.01;
    private const int MaxShown = 1000;

    private readonly Lock _gate = new();
    private readonly string _stream;
    private readonly long _limit;
    private readonly long _strays;
    private IReadOnlyList<DataDifference> _items;
    private string _state = "planned";
    private long _repaired;
    private long? _left;
    private string? _error;

    private RepairJob(string stream, long run, long limit, long strays, IReadOnlyList<DataDifference> items)
    {
        _stream = stream;
        Run = run;
        _limit = limit;
        _strays = strays;
        Items = _items = items;
    }

    /// <summary>Its number; 0 until it begins.</summary>
    public long Id { get; private set; }

    /// <summary>The comparison that it goes by.</summary>
    public long Run { get; }

    /// <summary>What is to be repaired.</summary>
    public IReadOnlyList<DataDifference> Items { get; }

    /// <summary>Plans a repair by what a comparison has found.</summary>
    /// <exception cref="ReconcileRefusedException">There is no such comparison, no reason, or it would be too much.</exception>
    public static async Task<RepairJob> PlanAsync(string stream, ReconTables tables, RepairRequest request, CancellationToken cancellation)
    {
        if (!request.DryRun && string.IsNullOrWhiteSpace(request.Reason))
        {
            throw new ReconcileRefusedException("A repair needs a reason: others will read it.");
        }

        if (await tables.RunAsync(request.Run, cancellation) is not { } run)
        {
            throw new ReconcileRefusedException(request.Run is { } id
                ? $"{stream} has no finished comparison {id}: compare first."
                : $"{stream} has not been compared yet: compare first.");
        }

        var found = (await tables.DifferencesAsync(run.Id, cancellation)).FindAll(item => IsRepairable(item.Kind));
        var items = found.FindAll(item => request.Strays || item.Kind != FindingKinds.Stray);
        var limit = request.MaxKeys ?? Math.Max(AlwaysAllowed, (long)(run.Compared * Share));
        return items.Count > limit && !request.DryRun
            ? throw new ReconcileRefusedException(
                $"{items.Count:N0} aggregates differ, but one repair touches at most {limit:N0} of {run.Compared:N0}: so many differences have a cause that a repair "
                + $"does not remove. Look for it, or raise the limit with --max-keys {items.Count}.")
            : new RepairJob(stream, run.Id, limit, found.Count - items.Count, items);
    }

    /// <summary>It begins.</summary>
    public void Begin(long id)
    {
        lock (_gate)
        {
            Id = id;
            _state = "running";
        }
    }

    /// <summary>How far it is.</summary>
    /// <param name="left">What still differs.</param>
    public void Progress(IReadOnlyList<DataDifference> left)
    {
        lock (_gate)
        {
            _items = left;
            _repaired = Items.Count - left.Count;
        }
    }

    /// <summary>It ended.</summary>
    public void End(string how, string? reason = null)
    {
        lock (_gate)
        {
            _state = how;
            _error = reason;
            _left = Items.Count - _repaired;
        }
    }

    /// <summary>As it is told to others.</summary>
    public RepairRun Report()
    {
        lock (_gate)
        {
            return new RepairRun(Id, _stream, Run, _state, Items.Count, _limit, _repaired, _left, _strays, [.. _items.Take(MaxShown)], _error);
        }
    }

    private static bool IsRepairable(string kind) => kind is not (FindingKinds.Waiting or FindingKinds.DeadLetter or FindingKinds.Unmappable);
}
