using Strangler.Sync.Mapping;

namespace Strangler.ChaosAdapter;

/// <summary>Appends each event to a log: a write that doubles when it is done twice.</summary>
internal sealed class EventMapping : AggregateMapping<long, LegacyEvent>
{
    private readonly TargetTable<EventRow> _log;

    /// <summary>Declares the tables.</summary>
    public EventMapping()
        : base("event", version: 1, table: "chaos_event", key: "id") => _log = Appended<EventRow>("events.chaos_event_log");

    /// <inheritdoc/>
    protected override object TargetKey(long key) => key;

    /// <inheritdoc/>
    protected override void Map(LegacyEvent root, SourceRows source, TargetRows target) => target.Add(_log, new EventRow(root.Token));
}
