using Shouldly;
using Strangler.Core.Compare;
using Xunit;

namespace Strangler.UnitTests.Compare;

public sealed class FingerprintTests
{
    [Theory]
    [InlineData("19.9", "23.68", "0.1", "7")]
    [InlineData("19.9", "0", "5", "0.00")]
    [InlineData("0", "1", "0e9", "2")]
    [InlineData("-1", "1", "-2", "9.5")]
    [InlineData("\"a\"", "\"\"", "\"b c\"", "\"\"")]
    [InlineData("true", "false", "true", "false")]
    [InlineData("1", "\"1\"", "2", "\"\"")]
    public void Of_TheSameTransition_IsTheSameGroup(string legacy, string @new, string otherLegacy, string otherNew) =>
        Of(legacy, @new).ShouldBe(Of(otherLegacy, otherNew));

    [Fact]
    public void Of_AnotherTransition_IsAnotherGroup()
    {
        string[] all =
        [
            Of("1", "2"), Of("1", "0"), Of("0", "1"), Of("1", "-1"), Of("-1", "1"), Of("\"a\"", "\"b\""), Of("\"a\"", "\"\""),
            Of("\"\"", "\"a\""), Of("true", "false"), Of("false", "true"), Of("1", "null"), Of("null", "1"), Of("\"a\"", "\"A\""),
        ];

        all.Distinct(StringComparer.Ordinal).Count().ShouldBe(all.Length);
    }

    [Fact]
    public void Compare_BooleanTransition_DoesNotTellTheValues() =>
        Single("true", "false").Transition.ShouldBe(Comparing.Tokens.Lasting("true->false"));

    [Theory]
    [InlineData("1", "2", Severity.High)]
    [InlineData("1", "\"1\"", Severity.High)]
    [InlineData("\"a\"", "\"b\"", Severity.Medium)]
    [InlineData("\"a\"", "\"A\"", Severity.Low)]
    public void Compare_Severity_FollowsTheKind(string legacy, string @new, Severity severity) =>
        Single(legacy, @new).Severity.ShouldBe(severity);

    [Fact]
    public void Compare_NameWithASlash_IsEscapedInThePointer() =>
        Single("""{"a/b~":{"c":1}}""", """{"a/b~":{"c":2}}""").ConcretePath.ShouldBe("/a~1b~0/c");

    private static string Of(string legacy, string @new) => Fingerprint.Of("GET /a", 200, 200, Single(legacy, @new));

    private static Difference Single(string legacy, string @new) => Comparing.Bodies(legacy, @new).Differences.ShouldHaveSingleItem();
}
