using Npgsql;
using Shouldly;
using Strangler.Sync.Applying;
using Strangler.Sync.Mapping;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class TargetTableTests
{
    [Fact]
    public void Fields_NothingDeclared_AllBelongToTheCapability() =>
        new Plain().Fields.ShouldBe(
        [
            new TargetField(new TableName("s", "thing"), "id", Owner: null),
            new TargetField(new TableName("s", "thing"), "state", Owner: null),
            new TargetField(new TableName("s", "thing"), "points", Owner: null),
        ]);

    [Fact]
    public void OwnedBy_Property_ItsColumnHasThatOwner() =>
        new Plain(table => table.OwnedBy("loyalty", nameof(Plain.Row.Points))).Fields.Select(field => field.Owner).ShouldBe([null, null, "loyalty"]);

    [Theory]
    [InlineData("Nobody", "Row has no property Nobody.")]
    [InlineData("Id", "Row.Id says which row it is: name a column that is not part of the key.")]
    public void OwnedBy_NoSuchOrKeyProperty_Refused(string property, string message)
    {
        Should.Throw<ArgumentException>(() => new Plain(table => table.OwnedBy("loyalty", property))).Message.ShouldStartWith(message);
        Should.Throw<ArgumentException>(() => new Plain(table => table.SoftDelete(property, "x"))).Message.ShouldStartWith(message);
    }

    [Fact]
    public void SoftDelete_SharedTable_Refused() =>
        Should.Throw<ArgumentException>(() => new SharedOnly()).Message.ShouldStartWith("The rows of s.word belong to no aggregate");

    [Fact]
    public void DeleteAll_SoftDelete_MarksTheRows() =>
        new TableSql(new Plain(table => table.SoftDelete(nameof(Plain.Row.State), "it's gone")).Things).DeleteAll
            .ShouldBe("update \"s\".\"thing\" t set \"state\" = 'it''s gone' where t.\"id\" = any($1)");

    [Fact]
    public void DeleteAll_NothingDeclared_Deletes() =>
        new TableSql(new Plain().Things).DeleteAll.ShouldBe("delete from \"s\".\"thing\" t where t.\"id\" = any($1)");

    [Fact]
    public void AddWrites_AggregateLostItsOnlyRow_RowIsDeleted()
    {
        var mapping = new Plain();
        var with = new TargetRows();
        with.Add(mapping.Things, new Plain.Row(1, "", 0));
        using var batch = new NpgsqlBatch();

        new AggregateBatch(
            mapping,
            [new TargetAggregate(mapping, "1", with, []), new TargetAggregate(mapping, "2", new TargetRows(), [])],
            [],
            new Dictionary<TargetTable, TableSql> { [mapping.Things] = new(mapping.Things) }).AddWrites(batch);

        batch.BatchCommands[0].CommandText.ShouldStartWith("delete from");
        batch.BatchCommands[0].Parameters[0].Value.ShouldBe(new[] { 2 });
        batch.BatchCommands[1].CommandText.ShouldStartWith("insert into");
    }

    private sealed class Plain : AggregateMapping<int, Plain.Row>
    {
        public Plain(Action<TargetTable<Row>>? declare = null)
            : base("thing", version: 1, table: "things", key: "id")
        {
            Things = Owned<Row>("s.thing", aggregate: "id", "id");
            declare?.Invoke(Things);
        }

        public TargetTable<Row> Things { get; }

        protected override object TargetKey(int key) => key;

        protected override void Map(Row root, SourceRows source, TargetRows target) => target.Add(Things, root);

        public sealed record Row(int Id, string State, int Points);
    }

    private sealed class SharedOnly : AggregateMapping<int, Plain.Row>
    {
        public SharedOnly()
            : base("word", version: 1, table: "words", key: "id") =>
            Shared<Plain.Row>("s.word", "id").SoftDelete(nameof(Plain.Row.State), "x");

        protected override object TargetKey(int key) => key;

        protected override void Map(Plain.Row root, SourceRows source, TargetRows target)
        {
        }
    }
}
