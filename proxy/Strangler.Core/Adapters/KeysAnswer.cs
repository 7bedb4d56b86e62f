namespace Strangler.Core.Adapters;

/// <summary>How many aggregates a request has reached.</summary>
/// <param name="Count">Their number.</param>
public sealed record KeysAnswer(long Count);
