namespace Shop.Adapters.Customers;

/// <summary>A row of <c>customers.address</c>.</summary>
internal sealed record AddressRow(Guid CustomerId, string Kind, string? Zip, string? City, string Country);
