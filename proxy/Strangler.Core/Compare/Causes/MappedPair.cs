namespace Strangler.Core.Compare.Causes;

/// <summary>A legacy value, what it became, and how often; both by identity only.</summary>
internal sealed record MappedPair(ulong Legacy, ulong New, long Count);
