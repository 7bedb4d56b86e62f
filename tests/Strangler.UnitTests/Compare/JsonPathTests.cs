using Shouldly;
using Strangler.Core.Compare;
using Xunit;

namespace Strangler.UnitTests.Compare;

public sealed class JsonPathTests
{
    private const string Legacy = """{"a":{"b":[{"c":1,"d":1},{"c":1}],"c":1},"c":1,"x-y":1,"it's":1}""";
    private const string New = """{"a":{"b":[{"c":2,"d":2},{"c":2}],"c":2},"c":2,"x-y":2,"it's":2}""";

    [Theory]
    [InlineData("$.c", "/c")]
    [InlineData("$..c", "/a/b/0/c", "/a/b/1/c", "/a/c", "/c")]
    [InlineData("$.a.*", "/a/b/0/c", "/a/b/0/d", "/a/b/1/c", "/a/c")]
    [InlineData("$.a.b[1].c", "/a/b/1/c")]
    [InlineData("$.a.b[*].c", "/a/b/0/c", "/a/b/1/c")]
    [InlineData("$..b..c", "/a/b/0/c", "/a/b/1/c")]
    [InlineData("$..[0].c", "/a/b/0/c")]
    [InlineData("$['x-y']", "/x-y")]
    [InlineData("$[\"it's\"]", "/it's")]
    [InlineData("$['a']['c']", "/a/c")]
    [InlineData("$.b")]
    public void IgnoreRule_AtAPath_HidesWhatThePathNames(string path, params string[] hidden)
    {
        string[] all = [.. Comparing.Bodies(Legacy, New).Differences.Select(difference => difference.ConcretePath)];

        var seen = Comparing.Bodies(Legacy, New, Comparing.Rule(path, ignore: Comparing.Ignore(Comparing.Today))).Differences;

        all.Except(seen.Select(difference => difference.ConcretePath), StringComparer.Ordinal).ShouldBe(hidden, ignoreOrder: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("items")]
    [InlineData("$items")]
    [InlineData("$.")]
    [InlineData("$..")]
    [InlineData("$.a-b")]
    [InlineData("$[")]
    [InlineData("$['a")]
    [InlineData("$['a'")]
    [InlineData("$[-1]")]
    [InlineData("$[1:2]")]
    [InlineData("$[?(@.a)]")]
    [InlineData("$.1a")]
    [InlineData("$[99999999999]")]
    public void TryParse_NoPath_SaysWhatIsWrong(string? text)
    {
        JsonPath.TryParse(text, out var path, out var error).ShouldBeFalse();

        path.ShouldBeNull();
        error.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public void TryParse_TooManySteps_IsRefused()
    {
        JsonPath.TryParse("$" + string.Concat(Enumerable.Repeat("..a", JsonPath.MaxSteps)), out _, out _).ShouldBeTrue();
        JsonPath.TryParse("$" + string.Concat(Enumerable.Repeat("..a", JsonPath.MaxSteps + 1)), out _, out var error).ShouldBeFalse();
        error.ShouldContain("32");
    }
}
