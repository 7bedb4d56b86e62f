namespace Shop.Adapters.Customers;

/// <summary>A row of <c>customers.customer</c>.</summary>
internal sealed record CustomerRow(
    Guid Id,
    int Number,
    string? FirstName,
    string LastName,
    string Email,
    string? Phone,
    int Points,
    bool Vip,
    string Status,
    DateTimeOffset CreatedAt);
