using Microsoft.Extensions.Logging;
using Strangler.Core.Admin;
using Strangler.Core.Audit;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Features;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Plans;

/// <summary>
/// The one place that changes the plan. A change is checked, saved with its audit entry, and swapped in; then it waits for what the old plan
/// still has under way. Plans of other edges come in by <see cref="TakeNewestAsync"/>. A kill that cannot be saved becomes a local override.
/// </summary>
public sealed class ControlPlane : IDisposable
{
    /// <summary>Longest wait, after a change of the rules, for the routes to follow.</summary>
    public static readonly TimeSpan RoutesLimit = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait of a kill for the store; then it is a local override.</summary>
    public static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(1);

    // Of two edges that write at once the loser looks again, and this often it tries before it gives up.
    private const int MostTries = 5;
    private const string Kill = "kill";

    private readonly IControlStore _store;
    private readonly RulesSource _rules;
    private readonly string _edge;
    private readonly TimeProvider _time;
    private readonly ILogger<ControlPlane> _log;
    private readonly StoreStatus _status;
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly PlanInForce _inForce;

    /// <summary>Takes the newest plan of the store, or the last good one when the store is away, or makes the first one from the rules.</summary>
    /// <exception cref="InvalidRulesException">The rules have errors.</exception>
    /// <exception cref="ControlStoreException">There is no plan to start with.</exception>
    public ControlPlane(IControlStore store, RulesSource rules, LocalState local, TimeProvider time, ILogger<ControlPlane> log)
    {
        (_store, _rules, _edge, _time, _log) = (store, rules, local.Edge, time, log);
        _status = new StoreStatus(time, log);
        var first = new StartingPlan(store, rules, local, _status, time).FindAsync().GetAwaiter().GetResult();
        _inForce = new PlanInForce(first, rules, local, new OlderPlans(time), log);
        foreach (var warning in rules.Parse(State.Rules).Warnings) log.RulesWarning(warning);
    }

    /// <summary>The plan in force, for the request path.</summary>
    public PlanHolder Plans => _inForce.Holder;

    /// <summary>What the plan in force was made from, local overrides included.</summary>
    public ControlState State => _inForce.State;

    /// <summary>Where plans and audit log are kept.</summary>
    public IControlStore Store => _store;

    /// <summary>How this edge and the store get along.</summary>
    public StoreHealth Health => new(
        _store.Name, _edge, _status.Away?.Since, _status.Away?.Error, _status.Refused?.Sentence, Killed.Names(_inForce.Overrides));

    /// <summary>What this edge says of itself to the store.</summary>
    public EdgeReport Report => _inForce.Older.Report(_edge, Plans.Current.Number, _status.Refused?.Sentence, Killed.Names(_inForce.Overrides));

    /// <summary>Why a plan (the first) must not replace the one in force (the second); null when it may. A kill is not asked about.</summary>
    internal Func<Plan, Plan?, string?> Guard { get; set; } = FeatureGuard.Disagreement;

    /// <summary>Raised after a new plan is in force, in the order of the plans.</summary>
    public event EventHandler<PlanChangedEventArgs>? PlanChanged
    {
        add => _inForce.Changed += value;
        remove => _inForce.Changed -= value;
    }

    private ControlState Stored => _inForce.Stored;

    /// <summary>Moves capabilities, all in one plan or none of them.</summary>
    /// <param name="moves">At least one; several moves of the same capability follow each other.</param>
    /// <param name="request">Who asks.</param>
    /// <param name="cancel">Ends the wait; the change may have been made all the same.</param>
    public async Task<ChangeResult> MoveAsync(IReadOnlyList<CapabilityMove> moves, ChangeRequest request, CancellationToken cancel)
    {
        var verbs = moves.Select(m => KebabNames<Verb>.Of(m.Move.Verb)).Distinct(StringComparer.Ordinal).ToList();
        var verb = verbs.Count == 1 ? verbs[0] : "change";
        var result = await EditAsync(verb, request, state => Moves.Apply(state, Plans.Current, moves, request, _time.GetUtcNow()), cancel);
        var lowers = result.Outcome == ChangeOutcome.Done && !request.DryRun && moves.Any(m => m.Move.Verb is not (Verb.Promote or Verb.Include or Verb.Release));
        return lowers ? result with { InFlight = await _inForce.Older.DrainAsync([.. moves.Select(m => m.Capability)], cancel) } : result;
    }

    /// <summary>Reads the rules files again; on any error the running plan stays. Answers when requests are routed by the new ones.</summary>
    public async Task<ChangeResult> ApplyRulesAsync(ChangeRequest request, CancellationToken cancel)
    {
        var result = await EditAsync("apply", request, state => RulesEdit.Of(state, _rules, Plans.Current.Rules), cancel);
        return await FollowUpsAsync(cancel) is { } late ? result with { Changes = [.. result.Changes, late] } : result;
    }

    /// <summary>Changes the state in any way, under the next plan number. A kill never fails because of the store.</summary>
    /// <param name="verb">What the audit log calls it.</param>
    /// <param name="request">Who asks.</param>
    /// <param name="edit">Gives the next state of the present one; its number is set by the caller.</param>
    /// <param name="cancel">Ends the wait.</param>
    internal async Task<ChangeResult> EditAsync(string verb, ChangeRequest request, Func<ControlState, Edit> edit, CancellationToken cancel)
    {
        if (verb == Kill && _status.Away is { } away) return KillHere(edit, request, away.Error);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (verb == Kill) limit.CancelAfter(KillPatience);
        try
        {
            return await InTurnAsync(() => ChangeAsync(verb, request, edit, limit.Token), limit.Token);
        }
        catch (ControlStoreException error)
        {
            _log.ChangeNotSaved(error, verb, Stored.Plan);
            return verb == Kill
                ? KillHere(edit, request, error.Message)
                : ChangeResult.Not(ChangeOutcome.NotSaved, Stored.Plan, $"{error.Message}; plan {Stored.Plan} stays in force");
        }
        catch (OperationCanceledException) when (verb == Kill && !cancel.IsCancellationRequested)
        {
            return KillHere(edit, request, $"the store takes longer than {KillPatience.TotalSeconds:0} s");
        }
    }

    /// <summary>Kills at once and without the store, which learns of it as soon as it can.</summary>
    internal void KillHere(IReadOnlyList<string> capabilities, string actor, string reason) =>
        _inForce.Override(new LocalOverride(capabilities, actor, reason, _time.GetUtcNow()));

    /// <summary>Takes the newest plan of the store if it is newer, and merges the local overrides into the store.</summary>
    /// <exception cref="ControlStoreException">The store is away.</exception>
    internal async Task TakeNewestAsync(CancellationToken cancel)
    {
        // Asked before it is anybody's turn: a store that is slow to answer must not hold a change up.
        var found = await LookAsync(cancel);
        await InTurnAsync(async () =>
        {
            Take(found);
            await MergeAsync(cancel);
            return true;
        }, cancel);
        if (await FollowUpsAsync(cancel) is { } late) _log.RoutesLate(Stored.Plan, late);
    }

    /// <summary>Says that the store could not be read; the plan in force stays.</summary>
    internal void StoreLost(ControlStoreException error) => _status.Lost(error.Message, Stored.Plan);

    /// <inheritdoc/>
    public void Dispose() => _oneAtATime.Dispose();

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        await _oneAtATime.WaitAsync(cancel);
        try
        {
            return await work();
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task<ChangeResult> ChangeAsync(string verb, ChangeRequest request, Func<ControlState, Edit> edit, CancellationToken cancel)
    {
        if ((_store.IsShared && verb != Kill) || _inForce.Overrides.Count > 0) await CatchUpAsync(cancel);
        for (var tries = 1; tries <= MostTries; tries++)
        {
            if (await TryChangeAsync(verb, request, edit, cancel) is { } result) return result;
            await CatchUpAsync(cancel);
        }

        return ChangeResult.Not(ChangeOutcome.Stale, Stored.Plan, "other edges change the plan faster than this one can; try again");
    }

    // Null when somebody else was faster: look again.
    private async Task<ChangeResult?> TryChangeAsync(string verb, ChangeRequest request, Func<ControlState, Edit> edit, CancellationToken cancel)
    {
        var plan = Stored.Plan;
        if (request.ExpectedPlan is { } expected && expected != plan)
        {
            return ChangeResult.Not(ChangeOutcome.Stale, plan, $"you looked at plan {expected}, but plan {plan} is in force; look again");
        }

        var result = edit(Stored);
        if (result.Next is not { } next) return ChangeResult.Not(result.Outcome, plan, result.Refusal!, result.Diagnostics) with { Missing = result.Missing };
        if (result.Changes.Count == 0 || request.DryRun) return ChangeResult.Done(plan, result.Changes);
        if (verb != Kill && Guard(_inForce.Compile(next with { Plan = plan + 1 }), Plans.Current) is { } disagreement)
        {
            return ChangeResult.Not(ChangeOutcome.Refused, plan, disagreement);
        }

        var entry = new AuditEntry(_time.GetUtcNow(), request.Actor, verb, result.Capabilities, request.Reason, result.Changes, plan + 1, result.Evidence);
        return await TrySaveAsync(next, entry, null, cancel) ? ChangeResult.Done(Stored.Plan, result.Changes) : null;
    }

    // The plan and its audit entry are safe before any request sees the plan.
    private async Task<bool> TrySaveAsync(ControlState next, AuditEntry entry, LocalOverride? merged, CancellationToken cancel)
    {
        if (_status.Refused is { IsReadable: true } refused)
        {
            throw new ControlStoreException($"the store has a newer plan that this edge cannot use, so make the change at one that can; {refused.Sentence}", new FormatException());
        }

        next = next with { Plan = Math.Max(Stored.Plan, _status.Refused?.Number ?? 0) + 1 };
        _ = _inForce.Compile(next);
        if (!await _store.TryAppendAsync(next.Plan, PlanDocument.Write(next), entry with { Plan = next.Plan }, cancel)) return false;
        _status.Accept();
        _inForce.Store(next, merged);
        _log.PlanChanged(next.Plan, entry.Verb, string.Join(", ", entry.Capabilities), entry.Actor, string.Join("; ", entry.Changes));
        return true;
    }

    private async Task CatchUpAsync(CancellationToken cancel)
    {
        Take(await LookAsync(cancel));
        await MergeAsync(cancel);
    }

    private async Task<(long Number, string? Document)> LookAsync(CancellationToken cancel)
    {
        // Below a plan that was refused there may be one that this edge has missed.
        var newest = await _store.NewestAsync(cancel);
        if (newest == _status.Refused?.Number) newest--;
        return newest > Stored.Plan ? (newest, await _store.ReadAsync(newest, cancel)) : (0, null);
    }

    private void Take((long Number, string? Document) found)
    {
        _status.Back();
        if (found.Number <= Stored.Plan) return;
        var refused = StoredPlans.TryRead(found.Number, found.Document, out var stored);
        if (stored is not null) refused = Examine(stored);
        if (refused is not null)
        {
            _status.Refuse(refused, Stored.Plan);
            return;
        }

        _status.Accept();
        _inForce.Store(stored!);
        _log.PlanTaken(found.Number, _store.Name);
    }

    private RefusedPlan? Examine(ControlState stored)
    {
        try
        {
            var (plan, present) = (_inForce.Compile(stored), Plans.Current);
            return !Killed.IsAll(present, plan) && Guard(plan, present) is { } disagreement ? new RefusedPlan(stored.Plan, disagreement, IsReadable: true) : null;
        }
        catch (InvalidRulesException error)
        {
            return StoredPlans.Refusal(stored.Plan, error);
        }
    }

    private async Task MergeAsync(CancellationToken cancel)
    {
        while (_inForce.Overrides is { Count: > 0 } overrides)
        {
            var edit = Killed.Merge(Stored, overrides[0], _edge);
            var entry = new AuditEntry(_time.GetUtcNow(), overrides[0].Actor, Kill, edit.Capabilities, overrides[0].Reason, edit.Changes, 0, []);
            if (!await TrySaveAsync(edit.Next!, entry, overrides[0], cancel)) return;
        }
    }

    private ChangeResult KillHere(Func<ControlState, Edit> edit, ChangeRequest request, string why)
    {
        var result = edit(State);
        if (result.Next is null) return ChangeResult.Not(result.Outcome, Stored.Plan, result.Refusal!, result.Diagnostics) with { Missing = result.Missing };
        if (request.DryRun) return ChangeResult.Done(Stored.Plan, result.Changes);
        var changes = _inForce.Override(new LocalOverride(result.Capabilities, request.Actor, request.Reason, _time.GetUtcNow()));
        return ChangeResult.Done(Stored.Plan, changes.Count == 0 ? [] : [.. changes, $"local override of edge {_edge} until the store can be written: {why}"]);
    }

    private async Task<string?> FollowUpsAsync(CancellationToken cancel)
    {
        try
        {
            await _inForce.FollowUps.WaitAsync(RoutesLimit, _time, cancel);
            return null;
        }
        catch (TimeoutException)
        {
            return $"the routes have not followed within {RoutesLimit.TotalSeconds:0} s; they may yet";
        }
        catch (InvalidOperationException error)
        {
            return $"the routes could not follow: {error.Message}";
        }
    }
}
