using FsCheck;
using FsCheck.Fluent;
using Shop.Adapters.Customers;
using Shouldly;
using Strangler.Sync.Mapping;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class CustomerMappingTests
{
    private static readonly CustomerMapping Mapping = new();

    private static readonly LegacyCustomer Greta = new(
        7, "Greta Ayşe Müller", "g@shop.example", Phone: null, "Gartenweg 1", "", ShipStreet3: null, "20095", "Hamburg", "DE", 12, "Y", "N",
        new DateTime(2024, 5, 1, 8, 0, 0));

    [Fact]
    public void Map_Customer_BecomesCustomerAndAddress()
    {
        var target = Map(Greta);

        var id = NameGuid.Of("customer", 7);
        target.Of(Mapping.Customers).ShouldBe(
        [
            new CustomerRow(id, 7, "Greta Ayşe", "Müller", "g@shop.example", Phone: null, 12, Vip: true, "active",
                new DateTimeOffset(2024, 5, 1, 6, 0, 0, TimeSpan.Zero)),
        ]);
        target.Of(Mapping.Addresses).ShouldBe([new AddressRow(id, "shipping", "20095", "Hamburg", "DE")]);
        target.Of(Mapping.AddressLines).ShouldBe(
            [new AddressLineRow(id, "shipping", 1, "Gartenweg 1"), new AddressLineRow(id, "shipping", 2, "")]);
    }

    [Fact]
    public void Map_OnlyTheThirdStreet_KeepsItsPosition() =>
        Map(Greta with { ShipStreet1 = null, ShipStreet2 = null, ShipStreet3 = "c/o Meyer" }).Of(Mapping.AddressLines)
            .Select(line => (line.Position, line.Line)).ShouldBe([(3, "c/o Meyer")]);

    [Fact]
    public void Map_Deleted_Removed() => Map(Greta with { Deleted = "Y" }).Of(Mapping.Customers).Single().Status.ShouldBe("removed");

    [Fact]
    public void Map_UnknownFlag_IsAValueError() => Should.Throw<MappingValueException>(() => Map(Greta with { Vip = "" }));

    [Fact]
    public void Fields_Points_BelongToCheckoutAndTheRestToTheCapability() =>
        Mapping.Fields.Where(field => field.Owner is not null).Select(field => $"{field.Table}.{field.Column} {field.Owner}")
            .ShouldBe(["customers.customer.points checkout"]);

    [Fact]
    public void Sources_Customer_PasswordIsNeverRead() =>
        Mapping.Root.Columns.Select(column => column.Name).ShouldNotContain(name => name.StartsWith("pw_", StringComparison.Ordinal));

    [Theory]
    [InlineData("Anna Schmidt", "Anna", "Schmidt")]
    [InlineData("Anna Maria Schmidt", "Anna Maria", "Schmidt")]
    [InlineData("Cher", null, "Cher")]
    [InlineData("", null, "")]
    [InlineData(" ", "", "")]
    [InlineData("Anna ", "Anna", "")]
    [InlineData(" Anna", "", "Anna")]
    [InlineData("Anna  Schmidt", "Anna ", "Schmidt")]
    public void Split_Name_AtTheLastSpace(string fullName, string? first, string last) =>
        PersonName.Split(fullName).ShouldBe(new PersonName(first, last));

    [Fact]
    public void Join_SplitName_IsTheSameText() => Prop.ForAll<string?>(
        text => PersonName.Split(text ?? "").Join().ShouldBe(text ?? "")).QuickCheckThrowOnFailure();

    private static TargetRows Map(LegacyCustomer customer) => Mapping.Map(new SourceRows().Add(Mapping.Root, customer))!;
}
