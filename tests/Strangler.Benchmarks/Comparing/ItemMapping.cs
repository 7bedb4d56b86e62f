using Strangler.Sync.Mapping;

namespace Strangler.Benchmarks.Comparing;

/// <summary>A table brought over as it is.</summary>
internal sealed class ItemMapping : AggregateMapping<int, ItemRow>
{
    private readonly TargetTable<ItemRow> _items;

    public ItemMapping()
        : base("item", version: 1, table: "item", key: "id") => _items = Owned<ItemRow>("public.item_copy", aggregate: "id", key: "id");

    protected override object TargetKey(int key) => key;

    protected override void Map(ItemRow root, SourceRows source, TargetRows target) => target.Add(_items, root);
}
