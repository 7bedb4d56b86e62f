namespace Strangler.Core.Admin;

/// <summary>Answer of <c>GET /admin/v1/explain</c>: what the edge would decide for a request, and why.</summary>
/// <param name="Side">Side that would answer: <c>legacy</c> or <c>new</c>.</param>
/// <param name="Reason">Why, as the word that stands in <c>Strangler-Decision</c>.</param>
/// <param name="Sentence">The same for a reader, in one sentence.</param>
/// <param name="Plan">Number of the plan that decided.</param>
/// <param name="Capability">Capability of the request; null when no operation matches and the request passes through to legacy.</param>
/// <param name="Operation">Operation that matches, as its method and pattern; null likewise.</param>
/// <param name="Stage">Stage of the capability; null likewise.</param>
/// <param name="Share">Percent of units on the new side, 0 to 100; null likewise.</param>
/// <param name="BucketPercent">The unit's place in the capability, 0 to 100: on the new side when below the share; null without a unit.</param>
/// <param name="Target">Address that the request would be sent to; null when no destination is available.</param>
/// <param name="Rule">Where the operation stands in the rules, and its semantics; null when no operation matches.</param>
/// <param name="Otherwise">Why it is not the other side, and what would make it so; null when no operation matches.</param>
public sealed record ExplainAnswer(
    string Side,
    string Reason,
    string Sentence,
    long Plan,
    string? Capability = null,
    string? Operation = null,
    string? Stage = null,
    double? Share = null,
    double? BucketPercent = null,
    string? Target = null,
    string? Rule = null,
    string? Otherwise = null);
