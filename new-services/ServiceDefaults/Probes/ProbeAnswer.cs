namespace ServiceDefaults.Probes;

/// <summary>The body of a probe.</summary>
/// <param name="Status"><c>ok</c> or <c>failed</c>.</param>
/// <param name="Checks">What was asked.</param>
internal sealed record ProbeAnswer(string Status, ProbeCheck[] Checks);
