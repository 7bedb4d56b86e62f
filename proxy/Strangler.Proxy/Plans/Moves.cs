using System.Globalization;
using Strangler.Core.Admin;
using Strangler.Core.Gates;
using Strangler.Core.Model;
using Strangler.Core.Routing;

namespace Strangler.Proxy.Plans;

/// <summary>Applies moves to a state, all of them or none.</summary>
internal static class Moves
{
    public static Edit Apply(
        ControlState state, Plan plan, IReadOnlyList<CapabilityMove> moves, ChangeRequest request, DateTimeOffset now)
    {
        var changes = new List<string>();
        var evidence = new List<string>();
        var names = moves.Select(m => m.Capability).Distinct(StringComparer.Ordinal).ToList();
        foreach (var (name, move) in moves)
        {
            if (plan.FindCapability(name) is not { } capability)
            {
                var legal = string.Join(", ", plan.Capabilities.Select(c => c.Rules.Name));
                return Edit.Refused(ChangeOutcome.UnknownCapability, $"there is no capability '{name}'; legal: {legal}");
            }

            var before = state.Of(name);
            var known = request.EvidenceOf(name);
            var transition = Transitions.Apply(new Standing(name, before, capability.Rules.Gate, known) { Now = now }, move);
            if (transition.State is not { } after) return Edit.Refused(ChangeOutcome.Refused, transition.Refusal!) with { Missing = transition.Missing };
            var words = MoveWords.Of(before, after).ToList();
            if (words.Count == 0) continue;
            changes.AddRange(names.Count == 1 ? words : words.Select(word => $"{name}: {word}"));
            if (!known.IsNone) evidence.Add($"{name}: {Words(known)}");
            state = state.With(name, after, new LastChange(now, request.Actor, request.Reason, KebabNames<Verb>.Of(move.Verb)));
        }

        return new Edit(state, names, changes) { Evidence = evidence };
    }

    private static string Words(GateEvidence known) => string.Create(CultureInfo.InvariantCulture,
        $"{known.Mismatch.Different} of {known.Mismatch.Compared} exchanges of the last hour differ, p95 legacy {Number(known.LegacyP95Ms)} ms, new {Number(known.NewP95Ms)} ms, lag {Number(known.LagSeconds)} s");

    private static string Number(double? value) => value is { } known ? known.ToString("0.##", CultureInfo.InvariantCulture) : "-";
}
