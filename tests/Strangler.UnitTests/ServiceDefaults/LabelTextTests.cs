extern alias ServiceDefaults;

using ServiceDefaults::PrometheusText;
using Shouldly;
using Xunit;

namespace Strangler.UnitTests.ServiceDefaults;

public sealed class LabelTextTests
{
    [Fact]
    public void Render_BackslashQuoteAndNewline_Escaped() =>
        LabelText.Render([new("a", "x\\y\"z\nw")]).ShouldBe("""a="x\\y\"z\nw" """.TrimEnd());

    [Fact]
    public void Render_SeveralTags_SortedByName() =>
        LabelText.Render([new("b", 2), new("a", true)]).ShouldBe("""a="true",b="2" """.TrimEnd());

    [Fact]
    public void Render_NullAndEmpty_LeftOut() => LabelText.Render([new("a", null), new("b", "")]).ShouldBe("");

    [Fact]
    public void Render_TwoTagsWithOneName_FirstStays() =>
        LabelText.Render([new("a.b", 1), new("a_b", 2)]).ShouldBe("""a_b="1" """.TrimEnd());

    [Fact]
    public void Render_LongValue_Cut() =>
        LabelText.Render([new("a", new string('x', 500))]).Length.ShouldBe("a=\"\"".Length + LabelText.MaxValueLength);

    [Theory]
    [InlineData(double.PositiveInfinity, "+Inf")]
    [InlineData(double.NegativeInfinity, "-Inf")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(0.1, "0.1")]
    [InlineData(42, "42")]
    public void Number_AnyDouble_AsTheFormatWantsIt(double value, string expected) =>
        LabelText.Number(value).ShouldBe(expected);
}
