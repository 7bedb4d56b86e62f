using Shouldly;
using Strangler.Core.Gates;
using Strangler.Core.Model;
using Xunit;

namespace Strangler.UnitTests.Model;

public sealed class TransitionsTests
{
    private const string NoDataMove =
        "the data of 'catalog' cannot move yet: this version has no way back for writes. Its reads can go to 100 % in read-canary";

    [Theory]
    [InlineData("legacy", null, null, "shadow")]
    [InlineData("legacy", "shadow", null, "shadow")]
    [InlineData("legacy", "legacy", null, "refused: 'catalog' is at legacy already")]
    [InlineData("legacy", null, 10.0, "refused: shadow takes no share: all units of 'catalog' are treated alike there")]
    [InlineData("legacy", "read-canary", 10.0, "refused: 'catalog' is at legacy and goes up one stage at a time: next is shadow")]
    [InlineData("legacy", "retired", null, "refused: 'catalog' is at legacy and goes up one stage at a time: next is shadow")]
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
    [InlineData("read-canary 10", null, 5.0, "refused: 'catalog' is at 10 % and promote only raises; to go down: strangler shrink catalog --share 5")]
    [InlineData("read-canary 10", null, null, "refused: 'catalog' cannot go to write-canary: " + NoDataMove)]
    [InlineData("read-canary 10", "write-canary", 10.0, "refused: 'catalog' cannot go to write-canary: " + NoDataMove)]
    [InlineData("read-canary 10", "new-primary", null, "refused: 'catalog' is at read-canary and goes up one stage at a time: next is write-canary")]
    [InlineData("write-canary 10", "new-primary", null, "refused: 'catalog' cannot go to new-primary: " + NoDataMove)]
    [InlineData("retired", null, null, "refused: 'catalog' cannot go to retired: " + NoDataMove)]
    [InlineData("read-canary 10 held", null, 20.0, "refused: 'catalog' is held: nobody more is admitted; to end that: strangler hold catalog --release")]
    [InlineData("read-canary 10 killed", null, 20.0,
        "refused: 'catalog' was killed at read-canary; first put it on a stage: strangler rollback catalog --to legacy")]
    public void Promote_EachState_LeadsToAStateOrASentence(string from, string? to, double? share, string expected) =>
        Say(new Move(Verb.Promote) { Stage = StageOf(to), Share = share }, from).ShouldBe(expected);

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
        Say(new Move(Verb.Rollback) { Stage = StageOf(to) }, from).ShouldBe(expected);

    [Theory]
    [InlineData("legacy", "legacy")]
    [InlineData("shadow", "shadow killed")]
    [InlineData("read-canary 10", "read-canary 10 killed")]
    [InlineData("read-canary 10 killed", "read-canary 10 killed")]
    public void Kill_EachState_IsNeverRefused(string from, string expected) => Say(new Move(Verb.Kill), from).ShouldBe(expected);

    [Theory]
    [InlineData("read-canary 50", 20.0, "read-canary 20")]
    [InlineData("read-canary 50", 0.0, "read-canary")]
    [InlineData("read-canary 50 killed", 20.0, "read-canary 20 killed")]
    [InlineData("read-canary 50 held", 20.0, "read-canary 20 held")]
    [InlineData("read-canary 100 everyone", 100.0, "read-canary 100")]
    [InlineData("read-canary 100", 100.0, "refused: 'catalog' is at 100 % and shrink only lowers; to raise: strangler promote catalog --share 100")]
    [InlineData("read-canary 50", 60.0, "refused: 'catalog' is at 50 % and shrink only lowers; to raise: strangler promote catalog --share 60")]
    [InlineData("read-canary 50", null, "refused: shrink needs the share that stays, 0 to 100: strangler shrink catalog --share 5")]
    [InlineData("read-canary 50", double.NaN, "refused: shrink needs the share that stays, 0 to 100: strangler shrink catalog --share 5")]
    [InlineData("shadow", 0.0, "refused: 'catalog' is at shadow, where there is no share to shrink; to go down: strangler rollback catalog")]
    public void Shrink_EachState_LowersTheShareOnly(string from, double? share, string expected) =>
        Say(new Move(Verb.Shrink) { Share = share }, from).ShouldBe(expected);

    [Theory]
    [InlineData("read-canary 10", Verb.Hold, "read-canary 10 held")]
    [InlineData("legacy", Verb.Hold, "legacy held")]
    [InlineData("legacy held", Verb.Hold, "refused: 'catalog' is held already; to end it: strangler hold catalog --release")]
    [InlineData("read-canary 10 held", Verb.Release, "read-canary 10")]
    [InlineData("read-canary 10", Verb.Release, "refused: 'catalog' is not held")]
    public void Hold_EachState_FreezesAndReleases(string from, Verb verb, string expected) => Say(new Move(verb), from).ShouldBe(expected);

    [Theory]
    [InlineData("read-canary 100", "read-canary 100 everyone")]
    [InlineData("read-canary 99", "refused: clients without identity are the last step: first 100 % of the units, strangler promote catalog --share 100")]
    [InlineData("shadow", "refused: read-canary needs a share: strangler promote catalog --to read-canary --share 10")]
    public void Everyone_EachState_IsTheLastStepOfTheShare(string from, string expected) =>
        Say(new Move(Verb.Promote) { Everyone = true }, from).ShouldBe(expected);

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
        return new CapabilityState(StageOf(words[0])!.Value, share, words.Contains("killed"))
        {
            Everyone = words.Contains("everyone"),
            Held = words.Contains("held"),
        };
    }

    private static string Say(Move move, string from) => Transitions.Apply(new Standing("catalog", State(from), null, GateEvidence.None), move) is { State: { } state }
        ? string.Join(' ', new[]
        {
            state.Stage.ToName(), state.Share > 0 ? $"{state.Share}" : "", state.Everyone ? "everyone" : "", state.Killed ? "killed" : "", state.Held ? "held" : "",
        }.Where(w => w.Length > 0))
        : $"refused: {Transitions.Apply(new Standing("catalog", State(from), null, GateEvidence.None), move).Refusal}";
}
