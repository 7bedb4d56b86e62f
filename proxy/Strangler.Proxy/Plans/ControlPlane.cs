using System.Globalization;
using Microsoft.Extensions.Logging;
using Strangler.Core.Admin;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Plans;

/// <summary>The one place that changes the plan: check, audit, save, swap, and wait for what the old plan still has under way.</summary>
public sealed class ControlPlane : IDisposable
{
    /// <summary>Longest wait, after a change that lowers, for requests that older plans still have on the new side.</summary>
    public static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(5);

    private const string Promote = "promote";
    private const string Kill = "kill";

    private static readonly TimeSpan DrainPoll = TimeSpan.FromMilliseconds(2);

    private readonly FileControlStore _store;
    private readonly RulesSource _rules;
    private readonly TimeProvider _time;
    private readonly ILogger<ControlPlane> _log;
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private IReadOnlyList<CapabilityPlan> _replaced = [];
    private ControlState _state;

    /// <summary>Compiles the first plan from the rules and the stored state.</summary>
    /// <exception cref="InvalidRulesException">The rules have errors.</exception>
    /// <exception cref="ControlStoreException">The stored state cannot be read.</exception>
    public ControlPlane(FileControlStore store, RulesSource rules, TimeProvider time, ILogger<ControlPlane> log)
    {
        _store = store;
        _rules = rules;
        _time = time;
        _log = log;
        var read = rules.Read();
        if (read.Rules is null) throw new InvalidRulesException(read.Diagnostics);
        _state = store.Load();
        Plans = new PlanHolder(new Plan(_state.Plan, read.Rules, _state.Capabilities));
    }

    /// <summary>The plan in force, for the request path.</summary>
    public PlanHolder Plans { get; }

    /// <summary>The stored state behind the plan in force.</summary>
    public ControlState State => Volatile.Read(ref _state);

    /// <summary>Raised after new rules are in force.</summary>
    public event EventHandler<RulesAppliedEventArgs>? RulesApplied;

    /// <summary>One step up, or a larger share.</summary>
    public Task<ChangeResult> PromoteAsync(string capability, Stage? to, double? share, ChangeRequest request, CancellationToken cancel) =>
        MoveAsync(Promote, capability, request, state => Transitions.Apply(Standing.Ungated(capability, state), new Move(Verb.Promote) { Stage = to, Share = share }), cancel);

    /// <summary>Down to a lower stage.</summary>
    public Task<ChangeResult> RollbackAsync(string capability, Stage? to, ChangeRequest request, CancellationToken cancel) =>
        MoveAsync("rollback", capability, request, state => Transitions.Apply(Standing.Ungated(capability, state), new Move(Verb.Rollback) { Stage = to }), cancel);

    /// <summary>Everything of the capability to legacy at once.</summary>
    public Task<ChangeResult> KillAsync(string capability, ChangeRequest request, CancellationToken cancel) =>
        MoveAsync(Kill, capability, request, state => Transitions.Apply(Standing.Ungated(capability, state), new Move(Verb.Kill)), cancel);

    /// <summary>Reads the rules files again; on any error the running plan stays.</summary>
    public Task<ChangeResult> ApplyRulesAsync(ChangeRequest request, CancellationToken cancel) => OneAtATimeAsync(request, () =>
    {
        var read = _rules.Read();
        if (read.Rules is null)
        {
            var count = read.Diagnostics.Count;
            return Task.FromResult(ChangeResult.Not(ChangeOutcome.RulesInvalid, _state.Plan,
                $"the rules have {count} error{(count == 1 ? "" : "s")}; plan {_state.Plan} stays in force", read.Diagnostics));
        }

        List<string> changes = [$"rules read from {_rules.Path}"];
        if (request.DryRun) return Task.FromResult(ChangeResult.Done(_state.Plan, changes));
        var next = _state with { Plan = _state.Plan + 1 };
        return Task.FromResult(Commit("apply", null, request, next, read.Rules, changes) ?? Applied(read.Rules, changes));
    }, cancel);

    /// <inheritdoc/>
    public void Dispose() => _oneAtATime.Dispose();

    private ChangeResult Applied(RuleSet rules, IReadOnlyList<string> changes)
    {
        RulesApplied?.Invoke(this, new RulesAppliedEventArgs(rules));
        return ChangeResult.Done(_state.Plan, changes);
    }

    private async Task<ChangeResult> MoveAsync(
        string verb, string capability, ChangeRequest request, Func<CapabilityState, Transition> move, CancellationToken cancel)
    {
        var result = await OneAtATimeAsync(request, () => Task.FromResult(Move(verb, capability, request, move)), cancel);
        var lowered = verb != Promote && result.Outcome == ChangeOutcome.Done && !request.DryRun;
        return lowered ? result with { InFlight = await DrainAsync(capability, cancel) } : result;
    }

    private ChangeResult Move(string verb, string capability, ChangeRequest request, Func<CapabilityState, Transition> move)
    {
        var rules = Plans.Current.Rules;
        if (Plans.Current.FindCapability(capability) is null)
        {
            var names = string.Join(", ", rules.Capabilities.Select(c => c.Name));
            return ChangeResult.Not(ChangeOutcome.UnknownCapability, _state.Plan, $"there is no capability '{capability}'; legal: {names}");
        }

        var before = _state.Of(capability);
        var transition = move(before);
        if (transition.State is not { } after) return ChangeResult.Not(ChangeOutcome.Refused, _state.Plan, transition.Refusal!);
        var changes = Describe(before, after);
        if (changes.Count == 0 || request.DryRun) return ChangeResult.Done(_state.Plan, changes);

        var change = new LastChange(_time.GetUtcNow(), request.Actor, request.Reason, verb);
        return Commit(verb, capability, request, _state.With(capability, after, change), rules, changes)
            ?? ChangeResult.Done(_state.Plan, changes);
    }

    private async Task<ChangeResult> OneAtATimeAsync(ChangeRequest request, Func<Task<ChangeResult>> change, CancellationToken cancel)
    {
        await _oneAtATime.WaitAsync(cancel);
        try
        {
            if (request.ExpectedPlan is { } expected && expected != _state.Plan)
            {
                return ChangeResult.Not(ChangeOutcome.Stale, _state.Plan, $"you looked at plan {expected}, but plan {_state.Plan} is in force; look again");
            }

            return await change();
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    // Audit and state are on disk before any request sees the new plan. Only a kill goes on without: down always works.
    private ChangeResult? Commit(
        string verb, string? capability, ChangeRequest request, ControlState next, RuleSet rules, List<string> changes)
    {
        try
        {
            _store.Save(next, new AuditEntry(_time.GetUtcNow(), request.Actor, verb, capability, request.Reason, changes, next.Plan));
        }
        catch (ControlStoreException error)
        {
            _log.ChangeNotSaved(error, verb, _state.Plan);
            if (verb != Kill) return ChangeResult.Not(ChangeOutcome.NotSaved, _state.Plan, $"{error.Message}; plan {_state.Plan} stays in force");
            changes.Add($"NOT SAVED, a restart of this edge forgets it: {error.Message}");
        }

        Volatile.Write(ref _replaced, [.. _replaced.Where(c => c.OnNewSide.Count > 0), .. Plans.Current.Capabilities]);
        Volatile.Write(ref _state, next);
        Plans.Swap(new Plan(next.Plan, rules, next.Capabilities));
        _log.PlanChanged(next.Plan, verb, capability ?? "all", request.Actor, string.Join("; ", changes));
        return null;
    }

    private async Task<long> DrainAsync(string capability, CancellationToken cancel)
    {
        var replaced = Volatile.Read(ref _replaced).Where(c => c.Rules.Name == capability).ToList();
        var started = _time.GetTimestamp();
        while (true)
        {
            var left = replaced.Sum(c => (long)c.OnNewSide.Count);
            if (left == 0 || _time.GetElapsedTime(started) > DrainLimit) return left;
            await Task.Delay(DrainPoll, _time, cancel);
        }
    }

    private static List<string> Describe(CapabilityState before, CapabilityState after)
    {
        var changes = new List<string>();
        if (before.Stage != after.Stage) changes.Add($"stage {before.Stage.ToName()} -> {after.Stage.ToName()}");
        if (!before.Share.Equals(after.Share))
        {
            changes.Add(string.Create(CultureInfo.InvariantCulture, $"share {before.Share:0.###} % -> {after.Share:0.###} %"));
        }

        if (before.Killed != after.Killed) changes.Add(after.Killed ? "killed: everything to legacy, no copies" : "no longer killed");
        return changes;
    }
}
