using Shouldly;
using Strangler.Cli.Output;
using Xunit;

namespace Strangler.UnitTests.Cli;

public sealed class WordsTests
{
    [Theory]
    [InlineData(1d, "100 %")]
    [InlineData(0.99999, "99.99 %")]
    [InlineData(0.9967, "99.67 %")]
    [InlineData(0.57, "57 %")]
    [InlineData(0d, "0 %")]
    [InlineData(null, "-")]
    public void Rate_Value_IsCutOffNotRounded(double? rate, string text) => Words.Rate(rate).ShouldBe(text);

    [Theory]
    [InlineData(0.04, "0.0 ms")]
    [InlineData(8.14, "8.1 ms")]
    [InlineData(99.94, "99.9 ms")]
    [InlineData(99.96, "100 ms")]
    [InlineData(9_999d, "9999 ms")]
    [InlineData(12_345d, "12 s")]
    [InlineData(null, "-")]
    public void Milliseconds_Value_IsShort(double? milliseconds, string text) => Words.Milliseconds(milliseconds).ShouldBe(text);

    [Theory]
    [InlineData(-5, "now")]
    [InlineData(0, "now")]
    [InlineData(2, "2 s ago")]
    [InlineData(119, "119 s ago")]
    [InlineData(130, "2 min ago")]
    [InlineData(7_300, "2 h ago")]
    [InlineData(200_000, "2 d ago")]
    public void Ago_Seconds_IsRelative(int seconds, string text) =>
        Words.Ago(CliRun.Now.AddSeconds(-seconds), CliRun.Now).ShouldBe(text);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("two\nlines", "two lines")]
    [InlineData("\e[31mred\a", "?[31mred?")]
    [InlineData("\u009b2J", "?2J")]
    public void Safe_ControlCharacters_AreTakenOut(string text, string safe) => Words.Safe(text).ShouldBe(safe);

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "ab…")]
    [InlineData(null, 8, "(absent)")]
    public void Cut_Text_KeepsTheLength(string? text, int length, string cut) => Words.Cut(text, length).ShouldBe(cut);
}
