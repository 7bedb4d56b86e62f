using Shop.Adapters.Catalog;
using Shouldly;
using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class RouterTests
{
    private static readonly TableName Images = new("public", "product_images");

    private readonly Router _router = new([new ProductMapping()]);

    [Fact]
    public void Route_ChildMoved_BothParentsAreDirty() => Route(Row("1"), Row("2")).ShouldBe([Key("1"), Key("2")], ignoreOrder: true);

    [Fact]
    public void Route_Inserted_ItsAggregateIsDirty() => Route(null, Row("2")).ShouldBe([Key("2")]);

    [Fact]
    public void Route_Deleted_ItsAggregateIsDirty() => Route(Row("1"), null).ShouldBe([Key("1")]);

    [Fact]
    public void Route_ChildWithoutParent_NothingIsDirty() => Route(null, Row(null)).ShouldBeEmpty();

    [Fact]
    public void Route_TableThatIsNotMapped_NothingIsDirty()
    {
        var dirty = new HashSet<DirtyKey>();
        _router.Route(new RowChange(new TableName("public", "customers"), null, Row("1")), dirty);
        dirty.ShouldBeEmpty();
    }

    [Fact]
    public void RoutingColumns_Table_AreThoseOfTheMappings()
    {
        _router.RoutingColumns(Images).ShouldBe(["prod_id"]);
        _router.RoutingColumns(new TableName("public", "customers")).ShouldBeEmpty();
        _router.Entities(Images).ShouldBe(["product"]);
    }

    private HashSet<DirtyKey> Route(Dictionary<string, string?>? before, Dictionary<string, string?>? after)
    {
        var dirty = new HashSet<DirtyKey>();
        _router.Route(new RowChange(Images, before, after), dirty);
        return dirty;
    }

    private static Dictionary<string, string?> Row(string? key) => new(StringComparer.Ordinal) { ["prod_id"] = key };

    private static DirtyKey Key(string key) => new("product", key);
}
