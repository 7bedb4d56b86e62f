using Strangler.Sync.Mapping;

namespace Shop.Adapters.Inventory;

/// <summary>A product of the shop, with its stock, becomes an item of the inventory; the rest of the product is Catalog's.</summary>
internal sealed class ItemMapping : AggregateMapping<int, LegacyItem>
{
    /// <summary>Declares the tables.</summary>
    public ItemMapping()
        : base("item", version: 1, table: "products", key: "prod_id")
    {
        Stock = Child<LegacyLevel>("stock", routedBy: "prod_id", key: "wh");
        // The SKU is Catalog's to change; it is here as a copy, by which requests find the item.
        Items = Owned<ItemRow>("inventory.item", aggregate: "id", key: "id")
            .OwnedBy("catalog", nameof(ItemRow.Sku), nameof(ItemRow.Status));
        Levels = Owned<LevelRow>("inventory.level", aggregate: "item_id", "item_id", "warehouse");
    }

    /// <summary>The stock of a product, one row for each warehouse.</summary>
    public SourceTable<LegacyLevel> Stock { get; }

    /// <summary>The items.</summary>
    public TargetTable<ItemRow> Items { get; }

    /// <summary>How much of an item each warehouse has.</summary>
    public TargetTable<LevelRow> Levels { get; }

    /// <inheritdoc/>
    protected override object TargetKey(int key) => NameGuid.Of("item", key);

    /// <inheritdoc/>
    protected override void Map(LegacyItem root, SourceRows source, TargetRows target)
    {
        var id = (Guid)TargetKey(root.ProdId);
        target.Add(Items, new ItemRow(id, Number: root.ProdId, root.Sku, Status: ShopFlag.IsSet(root.Deleted, "deleted") ? "removed" : "active"));
        foreach (var level in source.Of(Stock))
        {
            target.Add(Levels, new LevelRow(id, Warehouse: level.Wh, Quantity: level.Qty, ChangedAt: ShopTime.ToInstant(level.Changed)));
        }
    }
}
