namespace Strangler.Proxy.Shadow.Sharing;

/// <summary>What of the stored groups may stay.</summary>
/// <param name="Options">Rows and bytes per capability, and for how long.</param>
/// <param name="Now">The present time.</param>
/// <param name="IsJudged">The groups that somebody has judged are the last to go.</param>
internal sealed record GroupQuota(ShadowOptions Options, DateTimeOffset Now, Func<string, bool> IsJudged);
