namespace Strangler.Core.Admin;

/// <summary>A breaker that an edge has something to say of: it is not closed, or has opened in the last ten minutes.</summary>
/// <param name="Capability">Name of the capability.</param>
/// <param name="Side"><c>legacy</c> or <c>new</c>.</param>
/// <param name="State"><c>closed</c>, <c>open</c> or <c>half-open</c>.</param>
/// <param name="Resets">How many resets of operators the edge had obeyed when it said so.</param>
/// <param name="SickSeconds">For how long it has been open without any try that succeeded; null when it is closed or recovering.</param>
/// <param name="Trips">How often it has opened in the last ten minutes; tries that failed at once do not count again.</param>
/// <param name="Sentence">Why it is not closed, with the numbers; null when it is.</param>
public sealed record EdgeBreaker(string Capability, string Side, string State, long Resets, double? SickSeconds, int Trips, string? Sentence);
