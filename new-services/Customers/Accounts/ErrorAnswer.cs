namespace Customers.Accounts;

/// <summary>Why there is no customer in the answer.</summary>
/// <param name="Error">The reason, for people.</param>
internal sealed record ErrorAnswer(string Error);
