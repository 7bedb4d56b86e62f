using Shop.Adapters.Catalog;
using Shouldly;
using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class RouterTests
{
    private static readonly TableName Images = new("public", "product_images");
    private static readonly Router Router = new([new ProductMapping()]);

    [Fact]
    public void Route_ChildMoved_BothParentsAreDirty() => Route(1, 2).ShouldBe(["1", "2"], ignoreOrder: true);

    [Fact]
    public void Route_Inserted_ItsAggregateIsDirty() => Route(null, 2).ShouldBe(["2"]);

    [Fact]
    public void Route_Deleted_ItsAggregateIsDirty() => Route(1, null).ShouldBe(["1"]);

    [Fact]
    public void Route_ChildWithoutParent_NothingIsDirty()
    {
        var changes = new Dictionary<DirtyKey, SourceRows?>();
        Relation(("prod_id", true)).Route(null, [null], changes);
        changes.ShouldBeEmpty();
    }

    [Fact]
    public void Relation_RoutingColumnGoneOrNotInIdentity_AllMayHaveChanged()
    {
        Relation(("img_id", true)).Unroutable.ShouldBe(["product"]);
        Relation(("img_id", true), ("prod_id", false)).Unroutable.ShouldBe(["product"]);
        Relation(("img_id", true), ("prod_id", true)).Unroutable.ShouldBeEmpty();
    }

    [Fact]
    public void RoutingColumns_Table_AreThoseOfTheMappings()
    {
        Router.RoutingColumns(Images).ShouldBe(["prod_id"]);
        Router.RoutingColumns(new TableName("public", "customers")).ShouldBeEmpty();
        Relation(("prod_id", true)).Entities.ShouldBe(["product"]);
    }

    private static IEnumerable<string> Route(int? before, int? after)
    {
        var changes = new Dictionary<DirtyKey, SourceRows?>();
        Relation(("prod_id", true)).Route(before is null ? null : [before], after is null ? null : [after], changes);
        return changes.Keys.Select(key => key.Key);
    }

    private static Relation Relation(params (string Name, bool InIdentity)[] columns) => new(Images, columns, Router);
}
