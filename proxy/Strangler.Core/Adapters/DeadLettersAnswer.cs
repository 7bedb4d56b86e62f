namespace Strangler.Core.Adapters;

/// <summary>The answer of <c>GET /v1/streams/{stream}/deadletters</c>.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="Items">The oldest first, at most 1000.</param>
public sealed record DeadLettersAnswer(long Total, IReadOnlyList<DeadLetter> Items);
