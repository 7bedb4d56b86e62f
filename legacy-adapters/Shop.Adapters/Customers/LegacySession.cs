namespace Shop.Adapters.Customers;

/// <summary>What is needed of a row of <c>sessions</c>; its other columns change with almost every request.</summary>
internal sealed record LegacySession(string Sid, int? CustId);
