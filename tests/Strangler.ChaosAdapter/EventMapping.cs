using Strangler.Sync.Mapping;

namespace Strangler.ChaosAdapter;

/// <summary>Appends each event to a log: a write that doubles when it is done twice.</summary>
internal sealed class EventMapping : AggregateMapping<long, LegacyEvent>
{
    /// <summary>What the test has to create in the source.</summary>
    public const string SourceSchema = "create table chaos_event (id bigserial primary key, token text not null)";

    /// <summary>What the test has to create in the target.</summary>
    public const string TargetSchema = "create table catalog.chaos_event_log (token text not null)";

    private readonly TargetTable<EventRow> _log;

    /// <summary>Declares the tables.</summary>
    public EventMapping()
        : base("event", version: 1, table: "chaos_event", key: "id") => _log = Appended<EventRow>("catalog.chaos_event_log");

    /// <inheritdoc/>
    protected override object TargetKey(long key) => key;

    /// <inheritdoc/>
    protected override void Map(LegacyEvent root, SourceRows source, TargetRows target) => target.Add(_log, new EventRow(root.Token));
}
