using Shouldly;
using Strangler.Core.Compare;
using Xunit;

namespace Strangler.UnitTests.Compare;

/// <summary>Texts and bytes that are easy to get wrong.</summary>
public sealed class ScalarTests
{
    [Theory]
    [InlineData("Oak Street", "oak street", "string-case")]
    [InlineData("Äpfel", "äPFEL", "string-case")]
    [InlineData("a b", "a  b", "whitespace")]
    [InlineData("a", " a\u00a0", "whitespace")]
    [InlineData("M\u00fcller", "Mu\u0308ller", "unicode-form")]
    [InlineData("\u1ed9", "o\u0323\u0302", "unicode-form")]
    [InlineData("M\u00fcller", "Muller", "string")]
    [InlineData("a", "b", "string")]
    [InlineData("a b", "A  B", "string")]
    public void Compare_Strings_SayInWhichWayTheyDiffer(string legacy, string @new, string kind) =>
        Comparing.Found($"\"{legacy}\"", $"\"{@new}\"").ShouldBe([$"{kind} $"]);

    [Theory]
    [InlineData("""A\/""", "A/")]
    [InlineData("""\u00e9\n""", """é\u000A""")]
    [InlineData("""\ud83d\ude00""", "\U0001F600")]
    [InlineData("""\ud800x""", """\uD800x""")]
    [InlineData("""\"\\\b\f\r\t""", """\u0022\u005c\u0008\u000c\u000d\u0009""")]
    public void Compare_StringsEscapedDifferently_AreEqual(string legacy, string @new)
    {
        Comparing.Found($"\"{legacy}\"", $"\"{@new}\"").ShouldBeEmpty();
        Comparing.Found($$"""{"{{legacy}}":1}""", $$"""{ "{{@new}}":1}""").ShouldBeEmpty();
        Comparing.Found($"[0,\"{legacy}\"]", $"[\"{@new}\",0]", Comparing.Rule("$", unordered: true)).ShouldBeEmpty();
    }

    [Fact]
    public void Compare_RuleThatIgnoresStrings_IgnoresTheFinerKinds() =>
        Comparing.Found("\"a\"", "\"A\"", Comparing.Rule("$", ignore: Comparing.Ignore(Comparing.Today, DifferenceKind.String))).ShouldBeEmpty();

    [Fact]
    public void Compare_InvalidUtf8_IsComparedByteByByte()
    {
        byte[] Text(params byte[] inner) => [(byte)'"', .. inner, (byte)'"'];

        Comparing.Lines(Comparing.Bytes(Text(0xFF), Text(0xFE))).ShouldBe(["string $"]);
        Comparing.Lines(Comparing.Bytes(Text(0xC3), "\"\u00c3\""u8.ToArray())).ShouldBe(["string $"]);
        Comparing.Lines(Comparing.Bytes([(byte)' ', .. Text(0xFF)], Text(0xFF))).ShouldBeEmpty();
    }

    [Fact]
    public void Compare_InvalidUtf8InNames_AreDifferentFields()
    {
        byte[] Named(byte name) => [.. "{\""u8, name, .. "\":1}"u8];

        Comparing.Bytes(Named(0xFF), Named(0xFE)).Differences.Select(difference => difference.Kind)
            .ShouldBe([DifferenceKind.Missing, DifferenceKind.Extra]);
    }

    [Fact]
    public void Compare_ByteOrderMark_IsReportedAndReadOver()
    {
        byte[] Marked(ReadOnlySpan<byte> body) => [0xEF, 0xBB, 0xBF, .. body];

        Comparing.Lines(Comparing.Bytes(Marked("{\"a\":1}"u8), "{\"a\":2}"u8.ToArray())).ShouldBe(["charset $", "number $.a"]);
        Comparing.Lines(Comparing.Bytes(Marked("[1]"u8), Marked("[1 ]"u8))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "{}", "body-presence $")]
    [InlineData(" ", "{}", "parse-failure $")]
    [InlineData("{}", "{}x", "parse-failure $")]
    [InlineData("[1,]", "[1]", "parse-failure $")]
    [InlineData("01", "1", "parse-failure $")]
    [InlineData("NaN", "1", "parse-failure $")]
    public void Compare_NoJson_IsNamed(string legacy, string @new, string expected) => Comparing.Found(legacy, @new).ShouldBe([expected]);

    [Fact]
    public void Compare_Depth_IsReadUpToTheLimit()
    {
        static byte[] Deep(int depth, char inner) => [.. Enumerable.Repeat((byte)'[', depth), (byte)inner, .. Enumerable.Repeat((byte)']', depth)];

        Comparing.Bytes(Deep(64, '1'), Deep(64, '2')).Differences.ShouldHaveSingleItem().Kind.ShouldBe(DifferenceKind.Number);
        Comparing.Lines(Comparing.Bytes(Deep(64, '1'), Deep(65, '1'))).ShouldBe(["parse-failure $"]);
        Comparing.Lines(Comparing.Bytes(Deep(2, '1'), Deep(1, '1'), new CompareLimits { MaxDepth = 1 })).ShouldBe(["parse-failure $"]);
    }

    [Fact]
    public void Compare_MoreValuesThanTheLimit_IsNeverEqualAndSaysSo()
    {
        var limits = new CompareLimits { MaxTokens = 4 };

        var beyond = Comparing.Bytes("[1,2,3,4]"u8.ToArray(), "[1,2,3,4 ]"u8.ToArray(), limits);
        Comparing.Lines(beyond).ShouldBe(["beyond-limit $"]);
        beyond.Truncated.ShouldBeTrue();
        Comparing.Bytes("[1,2,3]"u8.ToArray(), "[1,2,3 ]"u8.ToArray(), limits).IsEqual.ShouldBeTrue();
    }

    [Fact]
    public void Compare_NumberOfAHundredThousandDigits_IsExact()
    {
        var digits = new string('7', 100_000);

        Comparing.Found(digits + "1", digits + "2").ShouldBe(["number $"]);
        Comparing.Noted(digits + "1.0", digits + "1").ShouldBe(["number-format $"]);
    }

    [Fact]
    public void Compare_AnyBytes_NeverThrows()
    {
        var random = new Random(5);
        var alphabet = "{}[]\",:\\u0dE8.-e tfn\xff\xc3"u8.ToArray();
        for (var i = 0; i < 3_000; i++)
        {
            var (legacy, @new) = (Any(), Any());
            Comparing.Bytes(legacy, @new).IsEqual.ShouldBe(Comparing.Bytes(@new, legacy).IsEqual);
        }

        byte[] Any() => [.. Enumerable.Range(0, random.Next(12)).Select(_ => alphabet[random.Next(alphabet.Length)])];
    }
}
