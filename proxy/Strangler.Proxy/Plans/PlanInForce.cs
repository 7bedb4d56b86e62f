using Microsoft.Extensions.Logging;
using Strangler.Core.Routing;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Plans;

/// <summary>
/// What this edge decides by: the state that the store has, the local overrides over it, and the plan compiled from both. The two come from
/// different hands, a change and a kill that cannot wait for it, so each swap is made of what the other has left.
/// </summary>
internal sealed class PlanInForce
{
    private readonly Lock _swapping = new();
    private readonly RulesSource _rules;
    private readonly LocalState _local;
    private readonly ILogger _log;
    private ControlState _stored;
    private ControlState _state;
    private IReadOnlyList<LocalOverride> _overrides;

    /// <exception cref="InvalidRulesException">The rules have errors.</exception>
    /// <exception cref="ControlStoreException">The overrides on disk cannot be read.</exception>
    public PlanInForce(ControlState stored, RulesSource rules, LocalState local, OlderPlans older, ILogger log)
    {
        (_rules, _local, _log, Older, _stored) = (rules, local, log, older, stored);
        _overrides = local.ReadOverrides();
        _state = Killed.Over(stored, _overrides);
        Holder = new PlanHolder(StoredPlans.Compile(_rules, _state, null, null));
        KeepLastGood(stored);
    }

    /// <summary>Raised after a swap, in the order of the swaps.</summary>
    public event EventHandler<PlanChangedEventArgs>? Changed;

    /// <summary>The plan, for the request path.</summary>
    public PlanHolder Holder { get; }

    /// <summary>The plans that were in force before and still have requests.</summary>
    public OlderPlans Older { get; }

    /// <summary>What the store has.</summary>
    public ControlState Stored => Volatile.Read(ref _stored);

    /// <summary>What the plan was compiled from.</summary>
    public ControlState State => Volatile.Read(ref _state);

    /// <summary>The kills that the store does not know yet.</summary>
    public IReadOnlyList<LocalOverride> Overrides => Volatile.Read(ref _overrides);

    /// <summary>What the last swap has set off elsewhere, such as new routes.</summary>
    public Task FollowUps { get; private set; } = Task.CompletedTask;

    /// <summary>The plan that a stored state would make.</summary>
    /// <exception cref="InvalidRulesException">The rules have errors.</exception>
    public Plan Compile(ControlState stored) => StoredPlans.Compile(_rules, Killed.Over(stored, Overrides), State, Holder.Current.Rules);

    /// <summary>Puts what the store has into force.</summary>
    /// <param name="stored">The state; it has been compiled before.</param>
    /// <param name="merged">The override that is part of it now; null for none.</param>
    public void Store(ControlState stored, LocalOverride? merged = null)
    {
        lock (_swapping)
        {
            Swap(stored, merged is null ? Overrides : [.. Overrides.Where(o => !ReferenceEquals(o, merged))]);
        }

        // Not under the lock: a kill must not wait for a slow disk. Before the override is forgotten: a crash between the two must not lose it.
        KeepLastGood(stored);
        if (merged is null) return;
        lock (_swapping)
        {
            KeepOverrides();
        }
    }

    /// <summary>Kills at once, whatever the store does; only then the disk, which may be full, too.</summary>
    /// <param name="one">What to kill.</param>
    /// <returns>What has changed, in words; empty when all of it was down already.</returns>
    public IReadOnlyList<string> Override(LocalOverride one)
    {
        lock (_swapping)
        {
            var fresh = Killed.Fresh(State, one);
            if (fresh.Capabilities.Count == 0) return [];
            var before = State;
            Swap(Stored, [.. Overrides, fresh]);
            _log.Overridden(string.Join(", ", fresh.Capabilities), one.Actor, one.Reason);
            var words = Killed.Words(before, State, fresh.Capabilities);
            return KeepOverrides() is { } failure ? [.. words, $"kept in memory only, a restart of this edge forgets it: {failure}"] : words;
        }
    }

    private void Swap(ControlState stored, IReadOnlyList<LocalOverride> overrides)
    {
        var state = Killed.Over(stored, overrides);
        var previous = Holder.Current;
        var plan = StoredPlans.Compile(_rules, state, State, previous.Rules);
        Older.Add(previous);
        Volatile.Write(ref _stored, stored);
        Volatile.Write(ref _overrides, overrides);
        Volatile.Write(ref _state, state);
        Holder.Swap(plan);
        var change = new PlanChangedEventArgs(previous, plan);
        Changed?.Invoke(this, change);
        FollowUps = change.FollowUps;
    }

    private string? KeepOverrides()
    {
        var failure = _local.TryWriteOverrides(Overrides);
        if (failure is not null) _log.LocalFileNotWritten("override.json", failure);
        return failure;
    }

    private void KeepLastGood(ControlState stored)
    {
        if (_local.TryWritePlan(PlanDocument.Write(stored)) is { } failure) _log.LocalFileNotWritten("last-good.plan", failure);
    }
}
