using Shouldly;
using Strangler.Core.Admin;
using Strangler.Demo.Watching;
using Xunit;

namespace Strangler.UnitTests.Demo;

public sealed class BoardRowTests
{
    private static readonly Dictionary<string, long> NothingSkipped = [];

    [Fact]
    public void Header_AllColumns_FitsEightyCharacters() => BoardRow.Header.Length.ShouldBeLessThan(80);

    [Fact]
    public void From_LargeNumbers_StillFits()
    {
        var row = BoardRow.From(Status("read-canary", killed: false, 12_345_678, new ShadowStatus(1, 1, 0, 0, 0, NothingSkipped, 1.0, 1.0, 123_456)));

        row.ToString().Length.ShouldBe(BoardRow.Header.Length);
    }

    [Fact]
    public void From_OneDifferenceInManyThousands_IsNotAHundredPercent()
    {
        var shadow = new ShadowStatus(20_000, 19_999, 1, 0, 0, NothingSkipped, 0.99995, 0.99995, 20_000);

        BoardRow.From(Status("shadow", killed: false, 1, shadow)).Cells.ShouldContain("99.9%");
    }

    [Fact]
    public void From_Killed_SaysSoInsteadOfTheStage() =>
        BoardRow.From(Status("shadow", killed: true, 1, new ShadowStatus(0, 0, 0, 0, 0, NothingSkipped))).Cells.ShouldContain("killed");

    private static CapabilityStatus Status(string stage, bool killed, long requests, ShadowStatus shadow) => new(
        "catalog", "storefront", stage, 10, killed,
        new SidesStatus(new SideStatus(requests, 0, 12.3), new SideStatus(requests, 0, 4.5)), 0, shadow, 0.1);
}
