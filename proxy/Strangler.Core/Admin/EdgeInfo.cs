namespace Strangler.Core.Admin;

/// <summary>What an edge says about itself.</summary>
/// <param name="Version">Version of the product, such as <c>0.1.0</c>.</param>
/// <param name="DecisionHeader">Whether clients get the <c>Strangler-Decision</c> header.</param>
/// <param name="Rules">Path of the rules file as the edge was given it.</param>
/// <param name="StartedAt">When the process started.</param>
public sealed record EdgeInfo(string Version, bool DecisionHeader, string Rules, DateTimeOffset StartedAt);
