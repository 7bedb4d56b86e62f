using System.Globalization;
using Shouldly;
using Strangler.Core.Compare;
using Xunit;

namespace Strangler.UnitTests.Compare;

/// <summary>One sentence that says why, and only when it is true.</summary>
public sealed class CauseTests
{
    [Theory]
    [InlineData("10 11.9|20 23.8|15.5 18.445", "3 of 3 equal to legacy x 1.19")]
    [InlineData("9.99 11.89|4.95 5.89|19.90 23.68|100.01 119.01", "4 of 4 equal to legacy x 1.19, rounded")]
    [InlineData("\"10\" \"11.9\"|\"20\" \"23.8\"|\"15.5\" \"18.445\"", "3 of 3 equal to legacy x 1.19")]
    [InlineData("10 14.99|20 24.99|15.5 20.49", "3 of 3 equal to legacy + 4.99")]
    [InlineData("10.00 9.99|20.00 19.99|15.50 15.49", "3 of 3 equal to legacy - 0.01")]
    [InlineData("10.00 9.99|20.00 20.01|15.50 15.49", "3 of 3 one apart in the last decimal (rounding)")]
    [InlineData("12.3456 12.35|7.1949 7.19|3.3012 3.3", "3 of 3 equal to legacy rounded to 2 decimals")]
    [InlineData("12.3499 12.34|7.1949 7.19|3.3099 3.3", "3 of 3 equal to legacy cut off after 2 decimals")]
    [InlineData("12.35 12.3456|7.19 7.1949", "2 of 2 finer than legacy, which is rounded to 2 decimals")]
    [InlineData("\"2026-11-20T18:40:00\" \"2026-11-20T19:40:00\"|\"2026-11-20T18:41:00\" \"2026-11-20T19:41:00\"|\"2026-01-20T18:40:00\" \"2026-01-20T19:40:00\"", "3 of 3 one hour later")]
    [InlineData("\"2026-11-20T18:40:00Z\" \"2026-11-20T18:38:30Z\"|\"2026-11-20T18:41:00Z\" \"2026-11-20T18:39:30Z\"|\"2026-11-20T18:45:00Z\" \"2026-11-20T18:43:30Z\"", "3 of 3 90 s earlier")]
    [InlineData("1763664000 1763667600|1763664060 1763667660|1763664061 1763667661", "3 of 3 one hour later")]
    [InlineData("\"2026-11-20\" \"2026-11-22\"|\"2026-11-21\" \"2026-11-23\"|\"2026-11-24\" \"2026-11-26\"", "3 of 3 2 days later")]
    [InlineData("\"2026-11-20T18:40:00Z\" \"2026-11-20T19:40:00+01:00\"", "1 of 1 the same instant, written differently")]
    [InlineData("\"Oak\" \"OAK\"|\"Elm\" \"ELM\"", "2 of 2 equal but for upper and lower case")]
    [InlineData("\"Oak \" \"Oak\"|\" Elm\" \"Elm\"", "2 of 2 equal but for whitespace at the ends")]
    [InlineData("\"a  b\" \"a b\"", "1 of 1 equal but for whitespace")]
    [InlineData("\"a & b\" \"a &amp; b\"|\"<\" \"&lt;\"", "2 of 2 equal to legacy with HTML characters escaped")]
    [InlineData("\"a &amp; b\" \"a & b\"", "1 of 1 equal to legacy with HTML characters no longer escaped")]
    [InlineData("\"M\u00fcller\" \"Mu\u0308ller\"", "1 of 1 equal but for the composition of accented letters (Unicode form)")]
    [InlineData("\"M\u00fcller\" \"M\u00c3\u00bcller\"", "1 of 1 read in the wrong charset (UTF-8 as Latin-1)")]
    [InlineData("\"a long name\" \"a long\"|\"another one\" \"another\"", "2 of 2 the beginning of legacy's text, which is cut off")]
    [InlineData("12 \"12\"|true \"true\"|null \"\"|\"1.50\" 1.5", "4 of 4 the same value as another JSON type")]
    [InlineData("\"PAID\" \"paid\"|\"PAID\" \"paid\"", "2 of 2 equal but for upper and lower case")]
    [InlineData("\"A\" \"active\"|\"A\" \"active\"|\"D\" \"deleted\"|\"D\" \"deleted\"", "4 of 4 follow one map of 2 values, each to one of its own")]
    [InlineData("\"A\" \"active\"|\"A\" \"active\"|\"A\" \"active\"", "3 of 3 the same value that became the same other one")]
    public void Sentence_OneCause_IsSaid(string pairs, string expected) => Tally(pairs).Sentence.ShouldBe(expected);

    [Theory]
    [InlineData("10 11.9|20 23.8")]
    [InlineData("10 11.9|10 11.9")]
    [InlineData("1 7|2 3|30 4|5 60")]
    [InlineData("100000000000000 119000000000000|200000000000000 238000000000000|300000000000000 357000000000000")]
    [InlineData("1000000001 1000000002|1000000005 1000000006|1000000007 1000000008")]
    [InlineData("\"01234\" \"01235\"|\"02234\" \"02235\"|\"03234\" \"03235\"")]
    [InlineData("\"2026-11-20T18:40:00\" \"2026-11-20T19:40:00\"|\"2026-11-20T18:40:00\" \"2026-11-20T18:50:00\"|\"2026-11-20T10:40:00\" \"2026-11-21T18:50:00\"")]
    [InlineData("\"A\" \"active\"|\"D\" \"deleted\"|\"X\" \"new\"")]
    [InlineData("\"A\" \"active\"|\"A\" \"active\"|\"D\" \"active\"|\"D\" \"active\"")]
    [InlineData("0 5|0 5|0 5.0|0 6")]
    [InlineData("true false|false true")]
    [InlineData("{} []|null {}")]
    public void Sentence_NoCauseThatHolds_IsNotSaid(string pairs) => Tally(pairs).Sentence.ShouldBeNull();

    [Fact]
    public void Sentence_OneChangeOfValuesThatMayBeShown_SaysWhich()
    {
        var status = new Difference(
            DifferenceKind.Status, "status", "status", ValueSummary.Shown(SummaryType.Status, "410"), ValueSummary.Shown(SummaryType.Status, "404"));
        var (tally, other) = (new CauseTally(), new CauseTally());
        for (var i = 0; i < 3; i++) tally.Add(status);
        other.Merge(tally);

        CauseTally.TryParse(other.ToText(), out var read).ShouldBeTrue();

        read!.Sentence.ShouldBe("3 of 3 the same change, 410 became 404");
    }

    [Fact]
    public void Sentence_AFewOthers_SaysHowManyItHoldsFor()
    {
        var tally = new CauseTally();
        for (var price = 1; price <= 209; price++) tally.Add(Changed($"{price}", Text(price * 1.19m)));
        foreach (var other in new[] { 1000, 2000, 3500 }) tally.Add(Changed($"{other}", "1"));

        tally.Sentence.ShouldBe("209 of 212 equal to legacy x 1.19");
        for (var other = 0; other < 30; other++) tally.Add(Changed($"{other + 17}.5", $"{other * other}"));
        tally.Sentence.ShouldBeNull();
    }

    [Fact]
    public void Sentence_MoreValuesThanAnEnumerationHas_IsNoMap()
    {
        var tally = new CauseTally();
        for (var i = 0; i < 3 * 40; i++) tally.Add(Changed($"\"{(char)('a' + (i % 40))}x\"", $"\"y{i % 40}\""));

        tally.Sentence.ShouldBeNull();
    }

    [Theory]
    [InlineData("b 2,a 3,c 1", "a 3,b 2,c 1", "1 of 1 sorted by name")]
    [InlineData("c 1,b 2,a 3", "a 3,b 2,c 1", "1 of 1 sorted by name instead of name descending")]
    [InlineData("b 1,c 2,a 3", "a 3,b 1,c 2", "1 of 1 sorted by name instead of price")]
    [InlineData("b 1,c 3,a 2", "b 1,a 2,c 3", "1 of 1 sorted by price")]
    [InlineData("b 1,d 3,a 2,c 4", "d 3,b 1,c 4,a 2", null)]
    [InlineData("b 1,a 1", "a 1,b 1", null)]
    public void Sentence_ItemsReordered_NamesTheSortKey(string legacy, string @new, string? expected)
    {
        var difference = Comparing.Bodies(Items(legacy), Items(@new)).Differences.ShouldHaveSingleItem();
        var tally = new CauseTally();
        tally.Add(difference);

        tally.Sentence.ShouldBe(expected);
        static string Items(string list) => $"[{string.Join(",", list.Split(',').Select(item => $$"""{"name":"{{item[0]}}","price":{{item[2..]}}}"""))}]";
    }

    [Fact]
    public void ToText_IsReadBackAndGoesOn()
    {
        var tally = Tally("10 11.9|20 23.8");

        CauseTally.TryParse(tally.ToText(), out var read).ShouldBeTrue();
        read!.Sentence.ShouldBeNull();
        read.Add(Changed("15.5", "18.445"));
        read.Sentence.ShouldBe("3 of 3 equal to legacy x 1.19");
        foreach (var text in new[] { null, "", "{}x", "[]", """{"v":2}""", """{"shifts":null}""" })
            CauseTally.TryParse(text, out _).ShouldBeFalse();
    }

    [Fact]
    public void ToText_FewDifferences_TellsNoDelta()
    {
        var tally = Tally("123.45 130.45");

        tally.ToText().ShouldNotContain("123");
        tally.ToText().ShouldNotContain("\"7\"");
        tally.Add(Changed("10", "17"));
        tally.Add(Changed("11", "18"));
        tally.Sentence.ShouldBe("3 of 3 equal to legacy + 7");
        tally.ToText().Length.ShouldBeLessThan(8_192);
    }

    internal static CauseTally Tally(string pairs)
    {
        var tally = new CauseTally();
        foreach (var pair in pairs.Split('|'))
        {
            var between = pair[0] == '"' ? pair.IndexOf('"', 1) + 1 : pair.IndexOf(' ', StringComparison.Ordinal);
            tally.Add(Changed(pair[..between], pair[(between + 1)..]));
        }

        return tally;
    }

    internal static Difference Changed(string legacy, string @new) => Comparing.Bodies(legacy, @new).Differences.ShouldHaveSingleItem();

    internal static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
