using Strangler.Sync.Mapping;

namespace Strangler.IntegrationTests.Sync;

/// <summary>A mapping of a class.</summary>
internal sealed class PlainMapping : AggregateMapping<int, PlainRow>
{
    public PlainMapping()
        : base("plain", version: 1, table: "plain", key: "id")
    {
        Rows = Owned<PlainRow>("public.plain_too", aggregate: "id", key: "id");
    }

    public TargetTable<PlainRow> Rows { get; }

    protected override object TargetKey(int key) => key;

    protected override void Map(PlainRow root, SourceRows source, TargetRows target) => target.Add(Rows, root);
}
