namespace Strangler.Core.Admin;

/// <summary>The breaker of one side of a capability on the edge that answers.</summary>
/// <param name="State"><c>closed</c>, <c>open</c>, <c>half-open</c> or <c>isolated</c>.</param>
/// <param name="Sentence">Why it is not closed, with the numbers; null when it is.</param>
/// <param name="OpenSeconds">For how long it has not been closed; null when it is.</param>
/// <param name="AdmittedPercent">Percent of the units that it lets in, 0 to 100.</param>
/// <param name="Trips">How often it has opened in the last ten minutes.</param>
public sealed record BreakerStatus(string State, string? Sentence, double? OpenSeconds, double AdmittedPercent, int Trips);
