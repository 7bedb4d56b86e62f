namespace Strangler.Core.Admin;

/// <summary>The forecast of one operation.</summary>
/// <param name="Operation">Method and pattern.</param>
/// <param name="RequestsPerMinute">All its requests.</param>
/// <param name="NewBefore">Of these, on the new side now.</param>
/// <param name="NewAfter">Of these, on the new side afterwards.</param>
public sealed record OperationForecast(string Operation, double RequestsPerMinute, double NewBefore, double NewAfter);
