using Strangler.Sync.Mapping;

namespace Strangler.IntegrationTests.Sync;

/// <summary>A table brought over as it is.</summary>
internal sealed class EveryTypeMapping : AggregateMapping<int, EveryType>
{
    public EveryTypeMapping()
        : base("everything", version: 1, table: "everything", key: "id")
    {
        Rows = Owned<EveryType>("public.everything_too", aggregate: "id", key: "id");
    }

    public TargetTable<EveryType> Rows { get; }

    protected override object TargetKey(int key) => key;

    protected override void Map(EveryType root, SourceRows source, TargetRows target) => target.Add(Rows, root);
}
