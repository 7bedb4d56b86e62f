namespace ServiceDefaults.Probes;

/// <summary>One dependency as a probe saw it.</summary>
/// <param name="Name">What was asked.</param>
/// <param name="Status"><c>ok</c> or <c>failed</c>.</param>
/// <param name="Reason">Why it is not ready; <c>null</c> when it is.</param>
internal sealed record ProbeCheck(string Name, string Status, string? Reason);
