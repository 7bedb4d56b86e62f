namespace Strangler.Proxy.Shadow.DryRuns;

/// <summary>What a new side says at <see cref="DryRunContract.Path"/>.</summary>
/// <param name="Result">What becomes of marked writes.</param>
/// <param name="Marker">The header by which it knows them.</param>
internal sealed record DryRunOffer(string? Result, string? Marker);
