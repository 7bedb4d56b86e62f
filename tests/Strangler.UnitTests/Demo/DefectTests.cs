using Shouldly;
using Strangler.Core.Admin;
using Strangler.Demo.Tour;
using Xunit;

namespace Strangler.UnitTests.Demo;

public sealed class DefectTests
{
    [Fact]
    public void Of_FourSeedsInARow_FourDefects() =>
        Enumerable.Range(7, 4).Select(seed => Defect.Of(seed).Setting).ShouldBe(
            ["WrongValue", "MissingField", "WrongStatus", "WrongOrder"], ignoreOrder: true);

    [Theory]
    [InlineData("WrongValue", "number", "$.items[*].priceWithTax", true)]
    [InlineData("WrongValue", "number", "$.price", false)]
    [InlineData("WrongValue", "missing", "$.priceWithTax", false)]
    [InlineData("MissingField", "null-vs-missing", "$.weightGrams", true)]
    [InlineData("WrongStatus", "status", "status", true)]
    [InlineData("WrongOrder", "status", "status", false)]
    public void IsNamedBy_KindAndField_OnlyItsOwn(string setting, string kind, string path, bool named)
    {
        var defect = Enumerable.Range(0, 4).Select(Defect.Of).Single(d => d.Setting == setting);
        var sample = new DifferenceSample("1", DateTimeOffset.UnixEpoch, "GET", "/x", 200, 200);

        defect.IsNamedBy(new DifferenceGroup(
            "f", "catalog", "GET /x", kind, path, 1, 0, 0, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, sample)).ShouldBe(named);
    }
}
