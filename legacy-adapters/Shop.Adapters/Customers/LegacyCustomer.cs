namespace Shop.Adapters.Customers;

/// <summary>A row of <c>customers</c>, without its password: whoever moves the login decides about that.</summary>
internal sealed record LegacyCustomer(
    int CustId,
    string FullName,
    string Email,
    string? Phone,
    string? ShipStreet1,
    string? ShipStreet2,
    string? ShipStreet3,
    string? ShipZip,
    string? ShipCity,
    string ShipCountry,
    int Points,
    string Vip,
    string Deleted,
    DateTime Created);
