using Shop.Adapters.Catalog;
using Shop.Adapters.Inventory;
using Strangler.Sync;

namespace Strangler.ChaosAdapter;

/// <summary>What is followed: two mappings of the shop over the same tables, and an append-only one, each with a target of its own.</summary>
internal static class ChaosStreams
{
    /// <summary>Declares the streams.</summary>
    public static void AddTo(SyncBuilder sync) => sync
        .AddStream("catalog", source: "Legacy", target: "Catalog", new ProductMapping())
        .AddStream("inventory", source: "Legacy", target: "Inventory", new ItemMapping())
        .AddStream("events", source: "Legacy", target: "Events", new EventMapping());
}
