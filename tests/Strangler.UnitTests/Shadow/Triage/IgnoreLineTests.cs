using Shouldly;
using Strangler.Core.Compare;
using Strangler.Core.Model;
using Strangler.Core.Rules;
using Strangler.Proxy.Shadow.Triage;
using Xunit;

namespace Strangler.UnitTests.Shadow.Triage;

/// <summary>The line that <c>diffs ignore</c> prints is one that the parser takes, and that hides the group.</summary>
public sealed class IgnoreLineTests
{
    private const string Rules = """
        apiVersion: strangler/v1
        legacy: { destinations: ["http://127.0.0.1:5100"] }
        capabilities:
          shop:
            new: { destinations: ["http://127.0.0.1:5201"] }
            operations:
              - { match: "GET /things/{id}", new: "GET /v2/things/{id}", semantics: safe }
            compare:

        """;

    [Theory]
    [InlineData("$.items[*].price")]
    [InlineData("$")]
    [InlineData("$.map['[email]'].price")]
    [InlineData("$['odd \\'name\\' # of: it']")]
    public void Of_PlaceInABody_IsARuleThatHidesIt(string path)
    {
        var group = Records.Group(Records.Of(path));
        var judgement = Records.Judgement(JudgedAs.Ignored, 0, expires: new DateOnly(2027, 3, 31)) with { Assignee = "qa: \"team\"", Reason = " say \\ why # it: {is}\n'so' " };

        var line = IgnoreLine.Of(group, judgement)!;

        var read = RulesParser.Parse([new RulesFile("draft.yaml", $"{Rules}      {line}\n")], null);
        read.Errors.ShouldBeEmpty(line);
        var rule = read.Rules!.Capabilities.Single().Compare.ShouldHaveSingleItem();
        (rule.Ignore!.Reason, rule.Ignore.Assignee, rule.Ignore.Expires).ShouldBe(("say \\ why # it: {is} 'so'", judgement.Assignee, judgement.Expires!.Value));
        rule.Ignore.Kinds.ShouldBe([DifferenceKind.Extra]);
    }

    [Fact]
    public void Of_Header_NamesTheHeader() =>
        IgnoreLine.Of(Records.Group(Records.Of("header.x-cache")), Records.Judgement(JudgedAs.Ignored, 0, expires: new DateOnly(2027, 3, 31)))!.ShouldContain("header: \"x-cache\"");

    [Fact]
    public void Of_TheStatus_IsNoRule() => IgnoreLine.Of(Records.Group(Records.Of("status")), Records.Judgement(JudgedAs.Ignored, 0)).ShouldBeNull();
}
