using Shop.Adapters.Inventory;
using Shouldly;
using Strangler.Sync.Mapping;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class ItemMappingTests
{
    private static readonly ItemMapping Mapping = new();
    private static readonly LegacyItem Lamp = new(17, "SKU-17", "N");

    [Fact]
    public void Map_ProductWithStock_ItemAndLevels()
    {
        var changed = new DateTime(2024, 5, 1, 8, 0, 0);
        var target = Map(Lamp, rows => rows
            .Add(Mapping.Stock, new LegacyLevel(17, "MUC", -2, changed)).Add(Mapping.Stock, new LegacyLevel(17, "HAM", 4, changed)));

        var id = NameGuid.Of("item", 17);
        target.Of(Mapping.Items).ShouldBe([new ItemRow(id, 17, "SKU-17", "active")]);
        var instant = new DateTimeOffset(2024, 5, 1, 6, 0, 0, TimeSpan.Zero);
        target.Of(Mapping.Levels).ShouldBe([new LevelRow(id, "MUC", -2, instant), new LevelRow(id, "HAM", 4, instant)]);
    }

    [Fact]
    public void Map_NoStock_ItemAlone() => Map(Lamp).Of(Mapping.Levels).ShouldBeEmpty();

    [Fact]
    public void Map_Deleted_Removed() => Map(Lamp with { Deleted = "Y" }).Of(Mapping.Items).Single().Status.ShouldBe("removed");

    [Fact]
    public void Map_UnknownFlag_IsAValueError() =>
        Should.Throw<MappingValueException>(() => Map(Lamp with { Deleted = "?" })).Message.ShouldBe("deleted is '?', neither Y nor N");

    private static TargetRows Map(LegacyItem item, Func<SourceRows, SourceRows>? children = null)
    {
        var rows = new SourceRows().Add(Mapping.Root, item);
        return Mapping.Map(children?.Invoke(rows) ?? rows)!;
    }
}
