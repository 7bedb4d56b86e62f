namespace ServiceDefaults.DryRuns;

/// <summary>What an endpoint says of itself.</summary>
/// <param name="Kind">What.</param>
internal sealed record DryRunMetadata(DryRunKind Kind);
