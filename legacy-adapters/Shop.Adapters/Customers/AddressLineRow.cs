namespace Shop.Adapters.Customers;

/// <summary>A row of <c>customers.address_line</c>.</summary>
internal sealed record AddressLineRow(Guid CustomerId, string Kind, int Position, string Line);
