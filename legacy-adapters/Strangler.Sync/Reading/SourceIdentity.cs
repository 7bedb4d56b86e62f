namespace Strangler.Sync.Reading;

/// <summary>Which source this is: positions of another one mean nothing.</summary>
/// <param name="SystemId">The cluster's identifier, fixed at its creation.</param>
/// <param name="Timeline">Rises when a standby is promoted or a backup restored.</param>
internal sealed record SourceIdentity(string SystemId, long Timeline);
