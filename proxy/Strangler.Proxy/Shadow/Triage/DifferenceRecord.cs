using Strangler.Core.Compare;

namespace Strangler.Proxy.Shadow.Triage;

/// <summary>One difference of one exchange, as it is kept: nothing in it tells a value that no rule shows.</summary>
/// <param name="Exchange">Names the exchange.</param>
/// <param name="At">When the request came in.</param>
/// <param name="Capability">Name of the capability.</param>
/// <param name="Operation">Id of the operation, method and pattern.</param>
/// <param name="PathToken">Keyed token of the concrete request path: tells whether two records are about the same thing, not about which.</param>
/// <param name="Plan">Number of the plan that decided.</param>
/// <param name="LegacyStatus">Status code of legacy's answer.</param>
/// <param name="NewStatus">Status code of the new side's first answer; 0 when there was none.</param>
/// <param name="Settlement">The outcome of the exchange and what it rests on.</param>
/// <param name="Difference">The difference, with summaries of both values.</param>
internal sealed record DifferenceRecord(
    string Exchange,
    DateTimeOffset At,
    string Capability,
    string Operation,
    string PathToken,
    long Plan,
    int LegacyStatus,
    int NewStatus,
    Settlement Settlement,
    Difference Difference)
{
    /// <summary>Keyed token of path and query: counts how many different requests a group has.</summary>
    public string RequestToken { get; init; } = "";

    /// <summary>Keyed token of whoever sent the request; empty when that is not known.</summary>
    public string PrincipalToken { get; init; } = "";

    /// <summary>The new side's build; empty when it is not known.</summary>
    public string Build { get; init; } = "";

    /// <summary>Bytes of legacy's answer.</summary>
    public int Size { get; init; }

    /// <summary>True if it makes a group count: it was shown to be a difference, or is a note, which nobody has to show.</summary>
    public bool Counts => Settlement.Outcome == Outcome.Different || Difference.Kind.IsNote();
}
