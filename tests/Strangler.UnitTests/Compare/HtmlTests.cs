using System.Text;
using Shouldly;
using Strangler.Core.Compare;
using Strangler.Core.Compare.Content;
using Xunit;

namespace Strangler.UnitTests.Compare;

public sealed class HtmlTests
{
    [Theory]
    [InlineData("<p>a  b</p><!-- x -->", "<P>a\n b</p>")]
    [InlineData("<a href=x class='b a'>t</a>", "<a class=\"a b\" href=\"x\">t</a>")]
    [InlineData("<p>M&uuml;ller &amp; Co", "<p>M\u00fcller & Co</p>")]
    [InlineData("<ul><li>1<li>2</ul>", "<ul>\n  <li>1</li>\n  <li>2</li>\n</ul>")]
    public void Compare_SameTree_IsEqual(string legacy, string @new) => Found(legacy, @new).ShouldBeEmpty();

    [Theory]
    [InlineData("<p>a</p>", "<p>b</p>", "html-text $.html.body.p['#text']")]
    [InlineData("<a href=x>t</a>", "<a href=y>t</a>", "html-attribute $.html.body.a['@href']")]
    [InlineData("<a>t</a>", "<a target=_blank>t</a>", "html-attribute $.html.body.a['@target']")]
    [InlineData("<p>a</p>", "<p>a</p><b></b>", "html-node $.html.body.b")]
    [InlineData("<p>a</p><p>b</p>", "<p>a</p>", "html-node $.html.body.p[*]")]
    [InlineData("<p>a</p>", "<h2>x</h2><p>b</p>", "html-text $.html.body.p['#text']|html-node $.html.body.h2")]
    [InlineData("<ul><li>1<li>2<li>3</ul>", "<ul><li>0<li>1<li>2<li>3</ul>", "html-node $.html.body.ul.li[*]")]
    [InlineData("<ul><li>1<li>2<li>3</ul>", "<ul><li>3<li>1<li>2</ul>", "order $.html.body.ul")]
    [InlineData("<ul><li>1<li>2<li>3</ul>", "<ul><li>1<li>9<li>3</ul>", "html-text $.html.body.ul.li[*]['#text']")]
    [InlineData("<pre>a  b</pre>", "<pre>a b</pre>", "html-text $.html.body.pre['#text']")]
    [InlineData("<input name=q value=1>", "<input name=q value=2>", "html-attribute $.html.body.input['#q']['@value']")]
    [InlineData("<svg><text></text></svg>", "<svg>x</svg>", "html-node $.html.body.svg.text")]
    [InlineData("<title>a</title>", "<title>b</title>", "html-text $.html.head.title['#text']")]
    public void Compare_Trees_NameTheNode(string legacy, string @new, string expected) =>
        Found(legacy, @new).Order(StringComparer.Ordinal).ShouldBe(expected.Split('|').Order(StringComparer.Ordinal));

    [Fact]
    public void Compare_AntiforgeryToken_IsLeftOutByARule()
    {
        const string form = "<form><input type=hidden name=__RequestVerificationToken value={0}><input name=q value={1}></form>";
        string Page(string token, string q) => string.Format(System.Globalization.CultureInfo.InvariantCulture, form, token, q);
        var ignore = Comparing.Rule("$..['#__RequestVerificationToken']", ignore: Comparing.Ignore(Comparing.Today));
        var shape = Comparing.Rule("$..['#__RequestVerificationToken']['@value']", shape: new ShapeRule(ShapeKind.String, null));

        foreach (var rule in new[] { ignore, shape })
        {
            Found(Page("abc", "1"), Page("def", "1"), rule).ShouldBeEmpty();
            Found(Page("abc", "1"), Page("def", "2"), rule).ShouldHaveSingleItem().ShouldContain("#q");
        }

        Found(Page("abc", "1"), Page("''", "1"), shape).ShouldHaveSingleItem().ShouldStartWith("shape");
    }

    [Fact]
    public void Compare_PriceInText_IsToleratedByARule() =>
        Found("<b id=price>10.00</b>", "<b id=price>10.01</b>", Comparing.Rule("$..['#price']['#text']") with { Tolerate = new Tolerance { Abs = 0.01m } }).ShouldBeEmpty();

    [Fact]
    public void Compare_DeepNesting_IsBeyondTheLimitAndNoOverflow()
    {
        static string Deep(int levels, string inner) => $"<!doctype html><body>{string.Concat(Enumerable.Repeat("<i>", levels))}{inner}";

        Found(Deep(5_000, "a"), Deep(5_000, "b")).ShouldBe(["beyond-limit $"]);
        Found(Deep(200, "a"), Deep(200, "b")).ShouldHaveSingleItem().ShouldStartWith("html-text");
    }

    [Theory]
    [InlineData("<i>", true)]
    [InlineData("<DIV class=a>", true)]
    [InlineData("<i></i>", false)]
    [InlineData("<br>", false)]
    [InlineData("<li>x", false)]
    [InlineData("<script>a<b</script>", false)]
    [InlineData("<", false)]
    [InlineData("< b", false)]
    public void Exceeds_ManyTags_OnlyWhenTheyStayOpen(string tag, bool expected) =>
        TagBalance.Exceeds(string.Concat(Enumerable.Repeat(tag, 50)), 10).ShouldBe(expected);

    [Fact]
    public void Compare_ManySiblings_AreReadInProportion() =>
        Found(string.Concat(Enumerable.Repeat("<p>x", 20_000)) + "a", string.Concat(Enumerable.Repeat("<p>x", 20_000)) + "b").ShouldHaveSingleItem().ShouldStartWith("html-text");

    [Fact]
    public void Compare_AnyBytes_NeverThrows()
    {
        var random = new Random(7);
        string[] parts = ["<p>", "</p>", "<table>", "<tr>", "<b a=1>", "</b>", "x", " ", "<!--", "-->", "<svg>", "<script>", "</script>", "&amp;", "\0", "<a b"];
        for (var i = 0; i < 1_000; i++)
        {
            var (legacy, @new) = (Any(), Any());
            Found(legacy, legacy + "<!-- -->").Length.ShouldBeLessThan(50);
            (Found(legacy, @new).Length == 0).ShouldBe(Found(@new, legacy).Length == 0);
        }

        string Any() => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => parts[random.Next(parts.Length)]));
    }

    private static string[] Found(string legacy, string @new, params CompareRule[] rules) => Comparing.Lines(
        new Comparer(Comparing.Tokens).Compare(Page(legacy), Page(@new), new CompareRules(rules), Comparing.Today));

    private static Answer Page(string body) => new(200, "text/html; charset=utf-8", null, Encoding.UTF8.GetBytes(body));
}
