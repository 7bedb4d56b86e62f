namespace Shop.Adapters.Customers;

/// <summary>A row of <c>customers.session</c>.</summary>
internal sealed record SessionRow(byte[] Digest, int CustomerNumber);
