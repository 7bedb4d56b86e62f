using Strangler.Core.Audit;

namespace Strangler.Proxy.Plans;

/// <summary>
/// Finds the state that an edge starts with: the newest plan of the store; else the last good one of its own disk; else, in a new store,
/// the first one, made from the rules.
/// </summary>
internal sealed class StartingPlan(IControlStore store, RulesSource rules, LocalState local, StoreStatus status, TimeProvider time)
{
    /// <summary>The state.</summary>
    /// <exception cref="InvalidRulesException">The rules have errors.</exception>
    /// <exception cref="ControlStoreException">The store is away, or its plan cannot be used, and there is no last good plan.</exception>
    public async Task<ControlState> FindAsync()
    {
        try
        {
            return await OfStoreAsync();
        }
        catch (ControlStoreException error)
        {
            if (local.ReadPlan() is not { } lastGood) throw new ControlStoreException($"{error.Message}. This edge has no last good plan of its own to start with", error);
            _ = StoredPlans.Compile(rules, lastGood, null, null);
            if (status.Refused is null) status.Lost(error.Message, lastGood.Plan);
            return lastGood;
        }
    }

    private async Task<ControlState> OfStoreAsync()
    {
        var newest = await store.NewestAsync(CancellationToken.None);
        if (newest == 0)
        {
            return local.ReadPlan() is { } lastGood
                ? await MakeAsync(lastGood with { Plan = lastGood.Plan + 1 }, "the store was empty, and this edge had a plan", ["the last good plan of this edge"])
                : await MakeAsync(ControlState.First(rules.Read()), "the first plan", [$"rules read from {rules.Path}"]);
        }

        var state = await ReadAsync(newest);
        if (store.IsShared) return state;
        var files = rules.Read();
        return files.SequenceEqual(state.Rules)
            ? state
            : await MakeAsync(state with { Plan = newest + 1, Rules = files }, "the rules files have changed while the edge was down", [$"rules read from {rules.Path}"]);
    }

    private async Task<ControlState> MakeAsync(ControlState state, string reason, IReadOnlyList<string> changes)
    {
        _ = StoredPlans.Compile(rules, state, null, null);
        var entry = new AuditEntry(time.GetUtcNow(), "edge", "apply", [], reason, changes, state.Plan, []);
        return await store.TryAppendAsync(state.Plan, PlanDocument.Write(state), entry, CancellationToken.None)
            ? state
            : await ReadAsync(await store.NewestAsync(CancellationToken.None));
    }

    private async Task<ControlState> ReadAsync(long number)
    {
        var refused = StoredPlans.TryRead(number, await store.ReadAsync(number, CancellationToken.None), out var state);
        try
        {
            if (refused is null)
            {
                _ = StoredPlans.Compile(rules, state!, null, null);
                return state!;
            }
        }
        catch (InvalidRulesException error) when (store.IsShared)
        {
            refused = StoredPlans.Refusal(number, error);
        }

        status.Refuse(refused, 0);
        throw new ControlStoreException($"the newest plan cannot be used: {refused.Why}. Put a good copy in its place, or take it away to go on with the one before", new FormatException(refused.Sentence));
    }
}
