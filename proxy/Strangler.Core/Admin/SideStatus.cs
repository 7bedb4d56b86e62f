namespace Strangler.Core.Admin;

/// <summary>Traffic of one capability on one side.</summary>
/// <param name="Requests">Requests answered, copies for the shadow not counted.</param>
/// <param name="Errors">Of these, answers with a status of 500 or above, and requests that failed without an answer.</param>
/// <param name="P95Ms">95th percentile of the duration in milliseconds over the recent window; null without requests in it.</param>
/// <param name="Breaker">The breaker of this side on the edge that answers.</param>
public sealed record SideStatus(long Requests, long Errors, double? P95Ms = null, BreakerStatus? Breaker = null);
