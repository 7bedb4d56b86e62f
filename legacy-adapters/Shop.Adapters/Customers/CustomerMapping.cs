using Strangler.Sync.Mapping;

namespace Shop.Adapters.Customers;

/// <summary>A customer of the shop: one name becomes two, three street columns become lines of a shipping address.</summary>
internal sealed class CustomerMapping : AggregateMapping<int, LegacyCustomer>
{
    private const string Shipping = "shipping";

    /// <summary>Declares the tables.</summary>
    public CustomerMapping()
        : base("customer", version: 1, table: "customers", key: "cust_id")
    {
        // Orders earn points: they go with the orders, whenever those move.
        Customers = Owned<CustomerRow>("customers.customer", aggregate: "id", key: "id").OwnedBy("checkout", nameof(CustomerRow.Points));
        Addresses = Owned<AddressRow>("customers.address", aggregate: "customer_id", "customer_id", "kind");
        AddressLines = Owned<AddressLineRow>("customers.address_line", aggregate: "customer_id", "customer_id", "kind", "position");
    }

    /// <summary>The customers.</summary>
    public TargetTable<CustomerRow> Customers { get; }

    /// <summary>Their addresses.</summary>
    public TargetTable<AddressRow> Addresses { get; }

    /// <summary>The streets of the addresses, line by line.</summary>
    public TargetTable<AddressLineRow> AddressLines { get; }

    /// <inheritdoc/>
    protected override object TargetKey(int key) => NameGuid.Of("customer", key);

    /// <inheritdoc/>
    protected override void Map(LegacyCustomer root, SourceRows source, TargetRows target)
    {
        var id = (Guid)TargetKey(root.CustId);
        var name = PersonName.Split(root.FullName);
        target.Add(Customers, new CustomerRow(
            id,
            Number: root.CustId,
            name.First,
            name.Last,
            root.Email,
            root.Phone,
            root.Points,
            Vip: ShopFlag.IsSet(root.Vip, "vip"),
            Status: ShopFlag.IsSet(root.Deleted, "deleted") ? "removed" : "active",
            CreatedAt: ShopTime.ToInstant(root.Created)));
        target.Add(Addresses, new AddressRow(id, Shipping, root.ShipZip, root.ShipCity, root.ShipCountry));
        string?[] streets = [root.ShipStreet1, root.ShipStreet2, root.ShipStreet3];
        for (var i = 0; i < streets.Length; i++)
        {
            // A line that is empty is one, a line that is null is none: the way back must tell them apart.
            if (streets[i] is { } line)
            {
                target.Add(AddressLines, new AddressLineRow(id, Shipping, Position: i + 1, line));
            }
        }
    }
}
