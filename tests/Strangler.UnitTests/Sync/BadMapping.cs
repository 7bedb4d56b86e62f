using Strangler.Sync.Mapping;

namespace Strangler.UnitTests.Sync;

/// <summary>A mapping with a fault that the test chooses.</summary>
internal sealed class BadMapping : AggregateMapping<int, BadMapping.Source>
{
    private readonly Fault _fault;
    private int _calls;

    public BadMapping(Fault fault)
        : base("bad", version: 1, table: "source", key: "id")
    {
        _fault = fault;
        Children = Child<ChildRow>("child", routedBy: "id");
        Target = Owned<TargetRow>("target", aggregate: "id", "id", "position");
    }

    /// <summary>What it does wrong.</summary>
    public enum Fault
    {
        None,
        Changing,
        OrderOfRows,
        DuplicateKey,
        OtherKey,
        SharedKey,
        ChangingKey,
        ForbiddenNull,
        HalfACharacter,
        Throws,
        RefusesAll,
        Nothing,
    }

    public SourceTable<ChildRow> Children { get; }

    public TargetTable<TargetRow> Target { get; }

    protected override object TargetKey(int key) => _fault switch
    {
        Fault.SharedKey => 1,
        Fault.ChangingKey => ++_calls,
        _ => key,
    };

    protected override void Map(Source root, SourceRows source, TargetRows target)
    {
        var id = (int)TargetKey(root.Id);
        switch (_fault)
        {
            case Fault.Throws:
                throw new InvalidOperationException("no");
            case Fault.RefusesAll:
                throw new MappingValueException("no");
            case Fault.Nothing:
                return;
        }

        var text = _fault switch
        {
            Fault.Changing => $"{++_calls}",
            Fault.OrderOfRows => string.Concat(source.Of(Children).Select(child => child.Text)),
            Fault.ForbiddenNull => null!,
            Fault.HalfACharacter => "👩"[..1],
            _ => root.Text,
        };
        target.Add(Target, new TargetRow(_fault == Fault.OtherKey ? unchecked(id + 1) : id, 0, text));
        target.Add(Target, new TargetRow(id, _fault == Fault.DuplicateKey ? 0 : 1, ""));
    }

    public sealed record Source(int Id, string Text);

    public sealed record ChildRow(int Id, string Text);

    public sealed record TargetRow(int Id, int Position, string Text);
}
