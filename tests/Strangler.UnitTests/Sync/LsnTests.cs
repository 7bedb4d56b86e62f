using Shouldly;
using Strangler.Sync.Reading;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class LsnTests
{
    [Theory]
    [InlineData("0/0", 0UL)]
    [InlineData("0/16B3748", 0x16B3748UL)]
    [InlineData("16/B374D848", 0x16B374D848UL)]
    public void Parse_Text_AndBack(string text, ulong value)
    {
        Lsn.Parse(text).Value.ShouldBe(value);
        Lsn.Parse(text).ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("16")]
    [InlineData("x/1")]
    public void Parse_NoPosition_Throws(string text) => Should.Throw<FormatException>(() => Lsn.Parse(text));

    [Fact]
    public void Max_TwoPositions_IsTheLater() => Lsn.Max(new Lsn(5), new Lsn(7)).ShouldBe(new Lsn(7));
}
