using Strangler.Sync.Applying;
using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>Named amounts, which the target wants to be positive and unique; and what makes writes of them. It is used by tests with and without a database.</summary>
internal sealed class WriterMapping : AggregateMapping<string, WriterRow>
{
    /// <summary>The table in the source.</summary>
    public const string SourceSchema = "create table amounts (name text primary key, amount integer not null)";

    /// <summary>The tables in the target.</summary>
    public const string TargetSchema = """
        create table catalog.amounts (name text primary key, amount integer not null unique check (amount >= 0));
        create table catalog.amount_log (name text not null, amount integer not null)
        """;

    private readonly TargetTable<WriterRow> _amounts;
    private readonly TargetTable<WriterRow> _log;

    /// <summary>Declares the tables.</summary>
    /// <param name="version">The version of the mapping.</param>
    public WriterMapping(int version = 1)
        : base("amount", version, table: "amounts", key: "name")
    {
        _amounts = Owned<WriterRow>("catalog.amounts", aggregate: "name", key: "name");
        _log = Appended<WriterRow>("catalog.amount_log");
    }

    /// <summary>The one that writers know; aggregates belong to it.</summary>
    public static WriterMapping Current { get; } = new();

    /// <summary>The kind and key of an amount.</summary>
    public static DirtyKey Key(string name) => new("amount", name);

    /// <summary>An amount as the target shall have it.</summary>
    public TargetAggregate State(string name, int amount)
    {
        var rows = MapAggregate(new SourceRows().Add(Root, new WriterRow(name, amount)))!;
        return new TargetAggregate(this, name, rows, StateHash.Of(this, rows));
    }

    /// <summary>An amount that the target shall not have.</summary>
    public TargetAggregate Gone(string name) => new(this, name, State: null, []);

    /// <summary>A write of a lane, with nothing but aggregates.</summary>
    /// <param name="at">The position that the stream has.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="next">The lane's position after it.</param>
    /// <param name="aggregates">The aggregates.</param>
    public static LaneWrite Write(StreamPosition at, int lane, ulong next, params TargetAggregate[] aggregates) => new(
        lane, at.Epoch, at.Lanes[lane], new Lsn(next), aggregates, [], [], new HashSet<DirtyKey>(), new Dictionary<DirtyKey, long>(), AllOrNothing: false);

    protected override object TargetKey(string key) => key;

    protected override void Map(WriterRow root, SourceRows source, TargetRows target)
    {
        target.Add(_amounts, root);
        target.Add(_log, root);
    }
}
