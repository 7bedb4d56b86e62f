namespace Strangler.Core.Admin;

/// <summary>How many requests a minute would be answered by the other side, reckoned from the last hour of one edge.</summary>
/// <param name="Basis">What it was reckoned from, in one sentence.</param>
/// <param name="Minutes">Over how many minutes was counted, at most 60; less when the edge is younger.</param>
/// <param name="PerMinute">Requests a minute that would change the side; negative from the new side to legacy.</param>
/// <param name="CopiesPerMinute">Copies a minute that the new side would get to compare with.</param>
/// <param name="Operations">The same by operation, those with traffic only.</param>
public sealed record Forecast(
    string Basis, double Minutes, double PerMinute, double CopiesPerMinute, IReadOnlyList<OperationForecast> Operations);
