using System.Text;
using Shouldly;
using Strangler.Core.Compare;
using Xunit;

namespace Strangler.UnitTests.Compare;

/// <summary>Bodies that are no JSON.</summary>
public sealed class ContentTests
{
    [Theory]
    [InlineData("a\nb\nc", "a\nx\nc", "text $[*] /1")]
    [InlineData("a\nb\nc", "a\nc", "text $[*] /1")]
    [InlineData("a\nc", "z\na\nc", "text $[*] /0")]
    [InlineData("a\r\nb", "a\nb", "whitespace $ ")]
    [InlineData("a\nb\nc", "c\na\nb", "order $ ")]
    [InlineData("id;price\n1;2", "id;price\n1;3", "text $[*] /1")]
    public void Compare_Texts_ByLines(string legacy, string @new, string expected)
    {
        Found("text/csv; charset=utf-8", legacy, @new).ShouldBe([expected]);
        Found("application/javascript", legacy, @new).ShouldBe([expected]);
    }

    [Fact]
    public void Compare_Texts_SayTheCause()
    {
        var tally = new CauseTally();
        foreach (var difference in Compare("text/plain", "Oak\nElm", "OAK\nELM").Differences) tally.Add(difference);

        tally.Sentence.ShouldBe("2 of 2 equal but for upper and lower case");
    }

    [Theory]
    [InlineData("a=1&b=2", "b=2&a=1")]
    [InlineData("a=x+y%21", "a=x%20y!")]
    [InlineData("a=1&b=2&a=3", "a=1&a=3&b=2", "")]
    [InlineData("a=1", "a=2", "form-field $.a")]
    [InlineData("a=1&b", "a=1", "form-field $.b")]
    [InlineData("a=1", "a=1&a=2", "form-field $.a[*]")]
    public void Compare_Forms_ByFields(string legacy, string @new, string expected = "") =>
        Comparing.Lines(Compare("application/x-www-form-urlencoded", legacy, @new)).ShouldBe(expected.Length == 0 ? [] : [expected]);

    [Fact]
    public void Compare_Binary_ByBytes()
    {
        Found("image/png", "a", "b").ShouldBe(["binary $ "]);
        Found("multipart/form-data; boundary=x", "a", "b").ShouldBe(["binary $ "]);
        Found("", "a", "b").ShouldBe(["binary $ "]);
    }

    [Fact]
    public void Compare_OtherKindsOfContent_AreNotLookedInto() => Comparing.Lines(
            Compare(new Answer(200, "text/html", null, "<p>"u8.ToArray()), new Answer(200, "application/json", null, "{}"u8.ToArray())))
        .ShouldBe(["content-type header.content-type", "body $"]);

    [Fact]
    public void Compare_Charsets_AreReadAndSeen()
    {
        var utf8 = new Answer(200, "text/plain; charset=utf-8", null, "M\u00fcller"u8.ToArray());
        var latin = new Answer(200, "text/plain; charset=iso-8859-1", null, Encoding.Latin1.GetBytes("M\u00fcller"));

        Comparing.Lines(Compare(utf8, latin)).ShouldBe(["charset header.content-type"]);
        Comparing.Lines(Compare(utf8, latin with { ContentType = utf8.ContentType })).ShouldBe(["charset $"]);
        Comparing.Lines(Compare(utf8, utf8 with { Body = (byte[])[0xEF, 0xBB, 0xBF, .. utf8.Body.Span] })).ShouldBe(["charset $"]);
    }

    [Fact]
    public void Compare_WholeDigests_AreEqualOrOneDifference()
    {
        Answer Whole(long length, ulong hash) => new(200, "image/png", null, default) { Whole = new BodyDigest(length, hash) };

        Compare(Whole(300_000, 7), Whole(300_000, 7)).IsEqual.ShouldBeTrue();
        foreach (var other in new[] { Whole(300_000, 8), Whole(300_001, 7), new Answer(200, "image/png", null, "x"u8.ToArray()), new Answer(200, "image/png", null, default) })
        {
            Comparing.Lines(Compare(Whole(300_000, 7), other)).ShouldBe(["beyond-cap-unequal $"]);
            Comparing.Lines(Compare(other, Whole(300_000, 7))).ShouldBe(["beyond-cap-unequal $"]);
        }

        Compare(Whole(300_000, 7), Whole(300_000, 8)).Differences[0].Legacy.Length.ShouldBe(300_000);
    }

    [Theory]
    [InlineData("text/plain", "a\nb\nc\nd\ne")]
    [InlineData("application/x-www-form-urlencoded", "a=1&b=2&c=3&d=4&e=5")]
    [InlineData("text/html", "<p>a<p>b<p>c<p>d")]
    public void Compare_MoreThanIsRead_IsNeverEqualAndSaysSo(string type, string body)
    {
        var limits = new CompareLimits { MaxTokens = 4 };
        var comparison = new Comparer(Comparing.Tokens, limits).Compare(Typed(type, body), Typed(type, body + "x"), CompareRules.None, Comparing.Today);

        Comparing.Lines(comparison).ShouldBe(["beyond-limit $"]);
        comparison.Truncated.ShouldBeTrue();
    }

    private static string[] Found(string type, string legacy, string @new) =>
        [.. Compare(type, legacy, @new).Differences.Select(difference => $"{difference.Kind.Name()} {difference.Path} {difference.ConcretePath}")];

    private static Comparison Compare(string type, string legacy, string @new) => Compare(Typed(type, legacy), Typed(type, @new));

    private static Comparison Compare(Answer legacy, Answer @new) => new Comparer(Comparing.Tokens).Compare(legacy, @new, CompareRules.None, Comparing.Today);

    private static Answer Typed(string type, string body) => new(200, type.Length == 0 ? null : type, null, Encoding.UTF8.GetBytes(body));
}
