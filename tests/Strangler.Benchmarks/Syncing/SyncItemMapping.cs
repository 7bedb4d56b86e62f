using Strangler.Benchmarks.Comparing;
using Strangler.Sync.Mapping;

namespace Strangler.Benchmarks.Syncing;

/// <summary>A table brought over as it is, by the rows of the log or by reading them again.</summary>
internal sealed class SyncItemMapping : AggregateMapping<int, ItemRow>
{
    private readonly TargetTable<ItemRow> _items;

    public SyncItemMapping(bool images)
        : base("item", version: 1, table: "item", key: "id")
    {
        _items = Owned<ItemRow>("public.item", aggregate: "id", key: "id");
        if (images)
        {
            TakeImages();
        }
    }

    protected override object TargetKey(int key) => key;

    protected override void Map(ItemRow root, SourceRows source, TargetRows target) => target.Add(_items, root);
}
