using Microsoft.Extensions.Logging;
using Strangler.Core.Audit;
using Strangler.Core.Model;
using Strangler.Core.Routing;
using Strangler.Proxy.Features;
using Strangler.Proxy.Telemetry;

namespace Strangler.Proxy.Plans;

/// <summary>The one place that changes the plan: check, audit, save, swap, and wait for what the old plan still has under way.</summary>
public sealed class ControlPlane : IDisposable
{
    private readonly IControlStore _store;
    private readonly RulesSource _rules;
    private readonly TimeProvider _time;
    private readonly ILogger<ControlPlane> _log;
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly OlderPlans _older;
    private ControlState _state;

    /// <summary>Takes the newest plan of the store, or makes the first one from the rules.</summary>
    /// <exception cref="InvalidRulesException">The rules have errors.</exception>
    /// <exception cref="ControlStoreException">The store cannot be read.</exception>
    public ControlPlane(IControlStore store, RulesSource rules, TimeProvider time, ILogger<ControlPlane> log)
    {
        _store = store;
        _rules = rules;
        _time = time;
        _log = log;
        _older = new OlderPlans(time);
        _state = StartAsync().GetAwaiter().GetResult();
        Plans = new PlanHolder(Compile(_state, null));
        foreach (var warning in rules.Parse(_state.Rules).Warnings) log.RulesWarning(warning);
    }

    /// <summary>The plan in force, for the request path.</summary>
    public PlanHolder Plans { get; }

    /// <summary>What the plan in force was made from.</summary>
    public ControlState State => Volatile.Read(ref _state);

    /// <summary>Where plans and audit log are kept.</summary>
    public IControlStore Store => _store;

    /// <summary>Why a plan (the first) must not replace the one in force (the second); null when it may. A kill is not asked about.</summary>
    internal Func<Plan, Plan?, string?> Guard { get; init; } = FeatureGuard.Disagreement;

    /// <summary>Raised after a new plan is in force, in the order of the plans.</summary>
    public event EventHandler<PlanChangedEventArgs>? PlanChanged;

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
        return lowers ? result with { InFlight = await _older.DrainAsync([.. moves.Select(m => m.Capability)], cancel) } : result;
    }

    /// <summary>Reads the rules files again; on any error the running plan stays.</summary>
    public Task<ChangeResult> ApplyRulesAsync(ChangeRequest request, CancellationToken cancel) => EditAsync("apply", request, state =>
    {
        try
        {
            var files = _rules.Read();
            if (files.SequenceEqual(state.Rules)) return Edit.Nothing(state);
            var next = Compile(state with { Rules = files }, null);
            return new Edit(state with { Rules = files }, [], [$"rules read from {_rules.Path}", .. RulesChanges.Of(Plans.Current.Rules, next.Rules), .. _rules.Parse(files).Warnings.Select(w => w.ToString())]);
        }
        catch (InvalidRulesException error)
        {
            var count = error.Diagnostics.Count;
            return Edit.Refused(ChangeOutcome.RulesInvalid,
                $"the rules have {count} error{(count == 1 ? "" : "s")}; plan {state.Plan} stays in force", error.Diagnostics);
        }
    }, cancel);

    /// <summary>Changes the state in any way, under the next plan number.</summary>
    /// <param name="verb">What the audit log calls it.</param>
    /// <param name="request">Who asks.</param>
    /// <param name="edit">Gives the next state of the present one; its number is set by the caller.</param>
    /// <param name="cancel">Ends the wait.</param>
    internal async Task<ChangeResult> EditAsync(string verb, ChangeRequest request, Func<ControlState, Edit> edit, CancellationToken cancel)
    {
        await _oneAtATime.WaitAsync(cancel);
        try
        {
            var state = _state;
            if (request.ExpectedPlan is { } expected && expected != state.Plan)
            {
                return ChangeResult.Not(ChangeOutcome.Stale, state.Plan, $"you looked at plan {expected}, but plan {state.Plan} is in force; look again");
            }

            var result = edit(state);
            if (result.Next is null) return ChangeResult.Not(result.Outcome, state.Plan, result.Refusal!, result.Diagnostics) with { Missing = result.Missing };
            if (result.Changes.Count == 0 || request.DryRun) return ChangeResult.Done(state.Plan, result.Changes);
            return await CommitAsync(verb, request, result with { Next = result.Next with { Plan = state.Plan + 1 } }, cancel);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _oneAtATime.Dispose();

    // Audit and plan are on disk before any request sees the new plan. Only a kill goes on without: down always works.
    private async Task<ChangeResult> CommitAsync(string verb, ChangeRequest request, Edit edit, CancellationToken cancel)
    {
        var (next, changes) = (edit.Next!, edit.Changes);
        var plan = Compile(next, Plans.Current.Rules);
        if (verb != "kill" && Guard(plan, Plans.Current) is { } disagreement)
        {
            return ChangeResult.Not(ChangeOutcome.Refused, _state.Plan, disagreement);
        }

        try
        {
            var entry = new AuditEntry(_time.GetUtcNow(), request.Actor, verb, edit.Capabilities, request.Reason, changes, next.Plan, edit.Evidence);
            if (!await _store.TryAppendAsync(next.Plan, PlanDocument.Write(next), entry, cancel))
            {
                return ChangeResult.Not(ChangeOutcome.Stale, _state.Plan, $"somebody else has made plan {next.Plan} in the same moment; look again");
            }
        }
        catch (ControlStoreException error)
        {
            _log.ChangeNotSaved(error, verb, _state.Plan);
            if (verb != "kill") return ChangeResult.Not(ChangeOutcome.NotSaved, _state.Plan, $"{error.Message}; plan {_state.Plan} stays in force");
            changes = [.. changes, $"NOT SAVED, a restart of this edge forgets it: {error.Message}"];
        }

        Swap(next, plan);
        _log.PlanChanged(next.Plan, verb, string.Join(", ", edit.Capabilities), request.Actor, string.Join("; ", changes));
        return ChangeResult.Done(next.Plan, changes);
    }

    private void Swap(ControlState next, Plan plan)
    {
        var previous = Plans.Current;
        _older.Add(previous);
        Volatile.Write(ref _state, next);
        Plans.Swap(plan);
        PlanChanged?.Invoke(this, new PlanChangedEventArgs(previous, plan));
    }

    private async Task<ControlState> StartAsync()
    {
        var files = _rules.Read();
        if (await _store.ReadNewestAsync(CancellationToken.None) is not { } document) return await FirstAsync(ControlState.First(files), "the first plan");
        var state = Read(document);
        return _store.IsShared || files.SequenceEqual(state.Rules)
            ? state
            : await FirstAsync(state with { Plan = state.Plan + 1, Rules = files }, "the rules files have changed while the edge was down");
    }

    private async Task<ControlState> FirstAsync(ControlState state, string reason)
    {
        _ = Compile(state, null);
        var entry = new AuditEntry(_time.GetUtcNow(), "edge", "apply", [], reason, [$"rules read from {_rules.Path}"], state.Plan, []);
        return await _store.TryAppendAsync(state.Plan, PlanDocument.Write(state), entry, CancellationToken.None)
            ? state
            : Read((await _store.ReadNewestAsync(CancellationToken.None))!);
    }

    private static ControlState Read(string document)
    {
        try
        {
            return PlanDocument.Read(document);
        }
        catch (FormatException error)
        {
            throw new ControlStoreException($"the newest plan cannot be used: {error.Message}. Put a good copy in its place, or take it away to go on with the one before", error);
        }
    }

    // The same rules stay the same object, so that whoever depends on them only, as YARP's routes do, sees that nothing has changed.
    private Plan Compile(ControlState next, RuleSet? current)
    {
        if (current is not null && next.Rules.SequenceEqual(_state.Rules)) return new Plan(next.Plan, current, next.Capabilities);
        var read = _rules.Parse(next.Rules);
        return read.Rules is { } rules ? new Plan(next.Plan, rules, next.Capabilities) : throw new InvalidRulesException([.. read.Errors]);
    }
}
