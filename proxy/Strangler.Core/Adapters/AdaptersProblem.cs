namespace Strangler.Core.Adapters;

/// <summary>A refused request (RFC 9457).</summary>
/// <param name="Title">What is wrong, in one sentence, and what to do.</param>
/// <param name="Status">The HTTP status.</param>
public sealed record AdaptersProblem(string Title, int Status);
