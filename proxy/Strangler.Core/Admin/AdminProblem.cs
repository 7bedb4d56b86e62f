namespace Strangler.Core.Admin;

/// <summary>Body of every refusal of the admin API: problem details after RFC 9457.</summary>
/// <param name="Type">One of <see cref="ProblemTypes"/>.</param>
/// <param name="Title">Short name of the kind of problem.</param>
/// <param name="Status">HTTP status code, repeated.</param>
/// <param name="Detail">What is wrong here and what would be legal, in one or two sentences.</param>
/// <param name="Errors">Single findings; with a place for errors in rules, and one for each precondition that is missing.</param>
/// <param name="Current">The present state, for a change that was made under an older plan.</param>
public sealed record AdminProblem(
    string? Type = null,
    string? Title = null,
    int? Status = null,
    string? Detail = null,
    IReadOnlyList<AdminError>? Errors = null,
    CapabilitiesAnswer? Current = null);
