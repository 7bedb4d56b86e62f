using Shouldly;
using Strangler.Core.Gates;
using Strangler.Core.Model;
using Xunit;

namespace Strangler.UnitTests.Gates;

public sealed class GateTests
{
    private static readonly GateRules Rules = new(MaxMismatch: 0.001, Confidence: 0.95, MaxP95Ratio: 1.25);

    [Fact]
    public void Missing_NoRules_IsNothing() => Gate.Missing(null, GateEvidence.None, Stage.Shadow).ShouldBeEmpty();

    [Fact]
    public void Missing_TooFewCompared_SaysHowManyProveIt() => Gate.Missing(Rules, new GateEvidence(1200, 0, null, null), Stage.Shadow).ShouldBe(
    [
        "mismatch up to 0.249 % at 95 % confidence (0 of 1,200 exchanges of the last hour differ), limit 0.1 %; 2,995 without a difference prove it",
    ]);

    [Fact]
    public void Missing_TooManyDifferences_SaysTheShareAndWhereToLook() => Gate.Missing(Rules, new GateEvidence(1000, 32, null, null), Stage.Shadow).ShouldBe(
    [
        "mismatch 3.2 % (32 of 1,000 exchanges of the last hour differ), limit 0.1 %; strangler diffs shows them",
    ]);

    [Fact]
    public void Missing_EnoughEqualOnes_IsNothing() => Gate.Missing(Rules, new GateEvidence(2995, 0, null, null), Stage.Shadow).ShouldBeEmpty();

    [Fact]
    public void Missing_NewSideSlower_SaysBothNumbers() => Gate.Missing(Rules, new GateEvidence(5000, 0, 10, 20.5), Stage.ReadCanary).ShouldBe(
        ["p95 of the new side 20.5 ms is 2.05 times legacy's 10 ms, limit 1.25"]);

    [Fact]
    public void Missing_CanaryWithoutTrafficOnOneSide_Waits() => Gate.Missing(Rules, new GateEvidence(5000, 0, 10, null), Stage.ReadCanary).ShouldBe(
        ["p95 of both sides is not known yet: too few requests in the last hour, limit 1.25 times legacy's"]);

    [Fact]
    public void Missing_Everything_NamesAll() => Gate.Missing(Rules, GateEvidence.None, Stage.ReadCanary).Count.ShouldBe(2);
}
