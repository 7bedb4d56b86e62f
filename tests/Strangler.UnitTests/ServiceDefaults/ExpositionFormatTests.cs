using Shouldly;
using Xunit;

namespace Strangler.UnitTests.ServiceDefaults;

public sealed class ExpositionFormatTests
{
    [Fact]
    public void Check_ValidText_NoComplaint() => ExpositionFormat.Check(
        """
        # HELP a_total What \\ and \n mean.
        # TYPE a_total counter
        a_total{x="\"1\""} 1
        a_total{x="2"} +Inf
        # HELP h Help.
        # TYPE h histogram
        h_bucket{le="1"} 1
        h_bucket{le="+Inf"} 2
        h_sum 7
        h_count 2

        """).ShouldBeEmpty();

    [Theory]
    [InlineData("# HELP a x\n# TYPE a gauge\na 1", "the last line does not end")]
    [InlineData("# HELP a x\n# TYPE a gauge\na{b=\"\"1\"} 1\n", "cannot be read")]
    [InlineData("# HELP a x\n# TYPE a gauge\na{b=\"\\x\"} 1\n", "cannot be read")]
    [InlineData("# HELP a x\n# TYPE a gauge\na 1\na 1\n", "a series twice")]
    [InlineData("# HELP a x\n# TYPE a gauge\na{b=\"1\",b=\"2\"} 1\n", "a label twice")]
    [InlineData("# HELP a x\n# TYPE a gauge\nb 1\n", "not of the family")]
    [InlineData("# TYPE a gauge\na 1\n", "no HELP")]
    [InlineData("# HELP a x\n# TYPE a counter\na 1\n", "end in _total")]
    [InlineData("# HELP a_total x\n# TYPE a_total counter\na_total -1\n", "a negative counter")]
    [InlineData("# HELP a x\n# TYPE a gauge\na ∞\n", "no number")]
    [InlineData("# HELP h x\n# TYPE h histogram\nh_bucket{le=\"1\"} 2\nh_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 1\n", "accumulate")]
    [InlineData("# HELP h x\n# TYPE h histogram\nh_bucket{le=\"1\"} 2\nh_sum 1\nh_count 2\n", "+Inf is not the count")]
    public void Check_BrokenText_SaysWhatIsWrong(string text, string expected) =>
        ExpositionFormat.Check(text).ShouldContain(complaint => complaint.Contains(expected, StringComparison.Ordinal));
}
