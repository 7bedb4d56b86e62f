using System.ComponentModel.DataAnnotations.Schema;
using Shouldly;
using Strangler.Sync.Mapping;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class ColumnTests
{
    [Theory]
    [InlineData("Id", "id")]
    [InlineData("PriceCents", "price_cents")]
    [InlineData("WeightG", "weight_g")]
    [InlineData("ShipStreet1", "ship_street1")]
    public void SnakeCase_Property_IsColumn(string property, string column) => Column.SnakeCase(property).ShouldBe(column);

    [Fact]
    public void Of_Attribute_NamesTheColumn() => Column.Of(typeof(Odd)).Select(column => column.Name).ShouldBe(["plain", "ODD name"]);

    [Fact]
    public void Of_TypeThatNoColumnHas_IsRefused() =>
        Should.Throw<ArgumentException>(() => Column.Of(typeof(Wrong))).Message.ShouldStartWith("Wrong.Items is a List`1");

    private sealed record Odd(int Plain, [property: Column("ODD name")] string Second);

    private sealed record Wrong(List<int> Items);
}
