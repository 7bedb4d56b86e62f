using Shouldly;
using Strangler.Core.Model;
using Xunit;

namespace Strangler.UnitTests.Model;

public sealed class TransitionsTests
{
    private const string NoDataMove =
        "refused: the data of 'catalog' cannot move yet: this version has no way back for writes. Its reads can go to 100 % in read-canary";

    [Theory]
    [InlineData("legacy", null, null, "shadow")]
    [InlineData("legacy", "shadow", null, "shadow")]
    [InlineData("legacy", "legacy", null, "refused: 'catalog' is at legacy already")]
    [InlineData("legacy", null, 10.0, "refused: shadow takes no share: all units of 'catalog' are treated alike there")]
    [InlineData("legacy", "read-canary", 10.0, "refused: 'catalog' is at legacy and goes up one stage at a time: next is shadow")]
    [InlineData("legacy", "retired", null, NoDataMove)]
    [InlineData("shadow", null, null, "refused: read-canary needs a share: strangler promote catalog --to read-canary --share 10")]
    [InlineData("shadow", null, 10.0, "read-canary 10")]
    [InlineData("shadow", "read-canary", 100.0, "read-canary 100")]
    [InlineData("shadow", "read-canary", 0.0, "refused: a share of 0 % is out of range; legal: above 0 and at most 100")]
    [InlineData("shadow", "read-canary", -1.0, "refused: a share of -1 % is out of range; legal: above 0 and at most 100")]
    [InlineData("shadow", "read-canary", 100.5, "refused: a share of 100.5 % is out of range; legal: above 0 and at most 100")]
    [InlineData("shadow", "read-canary", double.NaN, "refused: a share of NaN % is out of range; legal: above 0 and at most 100")]
    [InlineData("shadow", "legacy", null, "refused: legacy is below shadow; to go down: strangler rollback catalog --to legacy")]
    [InlineData("shadow", "shadow", null, "refused: 'catalog' is at shadow already")]
    [InlineData("read-canary 10", null, 50.0, "read-canary 50")]
    [InlineData("read-canary 10", "read-canary", 10.0, "read-canary 10")]
    [InlineData("read-canary 10", null, 5.0, "refused: 'catalog' is at 10 % and promote only raises; to go down: strangler rollback catalog")]
    [InlineData("read-canary 10", null, null, NoDataMove)]
    [InlineData("read-canary 10", "write-canary", 10.0, NoDataMove)]
    [InlineData("read-canary 10", "new-primary", null, NoDataMove)]
    [InlineData("write-canary 10", "new-primary", null, NoDataMove)]
    [InlineData("retired", null, null, NoDataMove)]
    [InlineData("read-canary 10 killed", null, 20.0,
        "refused: 'catalog' was killed at read-canary; first put it on a stage: strangler rollback catalog --to legacy")]
    public void Promote_EachState_LeadsToAStateOrASentence(string from, string? to, double? share, string expected) =>
        Say(Transitions.Promote("catalog", State(from), StageOf(to), share)).ShouldBe(expected);

    [Theory]
    [InlineData("legacy", null, "refused: 'catalog' is at legacy already: there is nothing below")]
    [InlineData("legacy", "shadow", "refused: 'catalog' is at legacy already: there is nothing below")]
    [InlineData("shadow", null, "legacy")]
    [InlineData("read-canary 10", null, "shadow")]
    [InlineData("read-canary 10", "legacy", "legacy")]
    [InlineData("read-canary 10", "read-canary", "refused: read-canary is not below read-canary; legal: legacy, shadow")]
    [InlineData("shadow", "retired", "refused: retired is not below shadow; legal: legacy")]
    [InlineData("read-canary 10 killed", "shadow", "shadow")]
    [InlineData("shadow killed", null, "legacy")]
    [InlineData("write-canary 30", "read-canary", "read-canary 30")]
    public void Rollback_EachState_LeadsToAStateOrASentence(string from, string? to, string expected) =>
        Say(Transitions.Rollback("catalog", State(from), StageOf(to))).ShouldBe(expected);

    [Theory]
    [InlineData("legacy", "legacy")]
    [InlineData("shadow", "shadow killed")]
    [InlineData("read-canary 10", "read-canary 10 killed")]
    [InlineData("read-canary 10 killed", "read-canary 10 killed")]
    public void Kill_EachState_IsNeverRefused(string from, string expected) => Say(Transitions.Kill(State(from))).ShouldBe(expected);

    [Theory]
    [InlineData("legacy", true)]
    [InlineData("read-canary", true)]
    [InlineData("Legacy", false)]
    [InlineData("canary", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void TryParse_StageName_KnowsOnlyTheExactNames(string? name, bool known) => StageNames.TryParse(name, out _).ShouldBe(known);

    private static Stage? StageOf(string? name) => name is null ? null : StageNames.TryParse(name, out var stage) ? stage : throw new ArgumentException(name, nameof(name));

    private static CapabilityState State(string text)
    {
        var words = text.Split(' ');
        var share = words.Length > 1 && double.TryParse(words[1], out var number) ? number : 0;
        return new CapabilityState(StageOf(words[0])!.Value, share, words[^1] == "killed");
    }

    private static string Say(Transition transition) => transition.State is { } state
        ? string.Join(' ', new[] { state.Stage.ToName(), state.Share > 0 ? $"{state.Share}" : "", state.Killed ? "killed" : "" }.Where(w => w.Length > 0))
        : $"refused: {transition.Refusal}";
}
