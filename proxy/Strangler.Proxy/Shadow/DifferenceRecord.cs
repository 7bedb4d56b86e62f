using Strangler.Core.Compare;

namespace Strangler.Proxy.Shadow;

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
    Difference Difference);
