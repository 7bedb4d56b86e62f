using System.Text;
using Shouldly;
using Strangler.Core.Compare;
using Xunit;

namespace Strangler.UnitTests.Compare;

public sealed class ComparerTests
{
    private static readonly Comparer Comparer = new(Comparing.Tokens);

    [Fact]
    public void Compare_DifferentStatus_IsTheOnlyDifference()
    {
        var comparison = Compare(Comparing.Json("""{"error":"discontinued"}""", 410), Comparing.Json("""{"error":"not found"}""", 404));

        Comparing.Lines(comparison).ShouldBe(["status status"]);
        (comparison.Differences[0].Legacy.ToString(), comparison.Differences[0].New.ToString()).ShouldBe(("410", "404"));
    }

    [Theory]
    [InlineData("application/json", "application/json; charset=utf-8", new string[0])]
    [InlineData("application/json", "Application/JSON;charset=\"UTF-8\"", new string[0])]
    [InlineData("text/html; charset=utf-8", "text/html; charset=latin1", new[] { "charset header.content-type" })]
    [InlineData("application/json", "application/problem+json", new[] { "content-type header.content-type" })]
    [InlineData("application/json", null, new[] { "content-type header.content-type" })]
    public void Compare_ContentTypes_ByMediaTypeAndCharset(string? legacy, string? @new, string[] expected) =>
        Comparing.Lines(Compare(new Answer(200, legacy, null, default), new Answer(200, @new, null, default))).ShouldBe(expected);

    [Fact]
    public void Compare_Location_IsComparedAndNotKept()
    {
        var comparison = Compare(new Answer(302, null, "http://shop/login?user=ada", default), new Answer(302, null, "http://catalog/login", default));

        Comparing.Lines(comparison).ShouldBe(["location header.location"]);
        comparison.Differences[0].Legacy.ToString().ShouldNotContain("ada");
    }

    [Theory]
    [InlineData("text/plain", "a", "b", "text $[*]")]
    [InlineData("text/plain", "a", "", "body-presence $")]
    [InlineData("application/json", "{", "{}", "parse-failure $")]
    [InlineData("application/json", "{", "[", "body $")]
    [InlineData("application/vnd.shop+json", "{}", "[]", "type $")]
    public void Compare_Bodies_ByWhatTheyAre(string type, string legacy, string @new, string expected) =>
        Comparing.Lines(Compare(Typed(type, legacy), Typed(type, @new))).ShouldBe([expected]);

    [Fact]
    public void Compare_EqualBytes_AreNotParsed() => Compare(Typed("application/json", "{"), Typed("application/json", "{")).IsEqual.ShouldBeTrue();

    [Fact]
    public void CompareWithFailure_NamesWhatHappened()
    {
        var difference = Comparer.CompareWithFailure(Comparing.Json("{}"), "timeout").Differences.ShouldHaveSingleItem();

        (difference.Kind.Name(), difference.New.ToString()).ShouldBe(("no-answer", "timeout"));
    }

    [Fact]
    public void Kinds_EveryName_IsReadBack()
    {
        foreach (var kind in Enum.GetValues<DifferenceKind>())
        {
            DifferenceKinds.TryParse(kind.Name(), out var parsed).ShouldBeTrue();
            parsed.ShouldBe(kind);
        }

        DifferenceKinds.Names.Contains("null-vs-missing", StringComparer.Ordinal).ShouldBeTrue();
        DifferenceKinds.TryParse("Extra", out _).ShouldBeFalse();
        DifferenceKinds.TryParse(null, out _).ShouldBeFalse();
    }

    [Fact]
    public void Fingerprint_SameDifferenceInAnotherItem_IsTheSameGroup()
    {
        var found = Comparing.Bodies("""{"i":[1,2],"s":1}""", """{"i":[3,4],"s":2}""").Differences;
        string Of(int index, int status = 200, string operation = "GET /a") => Fingerprint.Of(operation, status, status, found[index]);

        Of(0).ShouldBe(Of(1));
        Of(0).Length.ShouldBe(32);
        new[] { Of(0), Of(2), Of(0, 404), Of(0, operation: "GET /b") }.Distinct(StringComparer.Ordinal).Count().ShouldBe(4);
    }

    private static Comparison Compare(Answer legacy, Answer @new) => Comparer.Compare(legacy, @new, CompareRules.None, Comparing.Today);

    private static Answer Typed(string type, string body) => new(200, type, null, Encoding.UTF8.GetBytes(body));
}
