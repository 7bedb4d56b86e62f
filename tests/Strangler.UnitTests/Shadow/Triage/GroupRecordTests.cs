using System.Text.Json;
using Shouldly;
using Strangler.Core.Compare;
using Strangler.Proxy.Shadow.Triage;
using Xunit;

namespace Strangler.UnitTests.Shadow.Triage;

public sealed class GroupRecordTests
{
    [Fact]
    public void Add_Many_KeepsTheFirstTheLastTheSmallestAndFiveOfAll()
    {
        var group = Records.Group([.. Enumerable.Range(0, 1000).Select(i => Records.Of(second: i, size: i == 400 ? 7 : 100))]);

        var samples = group.Samples;
        (samples.First!.Sample.At, samples.Last!.Sample.At).ShouldBe((Records.Start, Records.Start.AddSeconds(999)));
        (samples.Smallest!.Size, samples.Smallest.Sample.At).ShouldBe((7, Records.Start.AddSeconds(400)));
        samples.Some.Count.ShouldBe(SampleSet.Chosen);
        samples.All().Count().ShouldBeInRange(SampleSet.Chosen, SampleSet.Chosen + 3);
    }

    [Fact]
    public void Some_OfManyExchanges_AreAFairChoice()
    {
        const int groups = 2000;
        var old = 0;
        for (var g = 0; g < groups; g++)
        {
            var set = new SampleSet();
            var all = Records.Group([.. Enumerable.Range(0, 20).Select(i => Records.Of(second: i, exchange: FormattableString.Invariant($"{g}/{i}")))]);
            set.Merge(all.Samples);
            old += set.Some.Count(sample => sample.Sample.At < Records.Start.AddSeconds(10));
        }

        // Half of the exchanges are old, so half of the 10,000 choices must be; 250 is five standard deviations.
        old.ShouldBeInRange((groups * SampleSet.Chosen / 2) - 250, (groups * SampleSet.Chosen / 2) + 250);
    }

    [Fact]
    public void Merge_TwoHalvesInAnyOrder_IsTheRecordOfAll()
    {
        var random = new Random(20261120);
        var records = Enumerable.Range(0, 200).Select(i => Records.Of(
            second: random.Next(1000),
            outcome: random.Next(2) == 0 ? Outcome.Different : Outcome.Stale,
            build: FormattableString.Invariant($"b{random.Next(3)}"),
            size: random.Next(50),
            exchange: FormattableString.Invariant($"{i}"),
            request: Convert.ToHexStringLower(BitConverter.GetBytes(random.NextInt64())))).ToArray();

        var all = Records.Group(records);
        var halves = Records.Group(records.AsSpan(120)).Merge(Records.Group(records.AsSpan(0, 120)));

        GroupDocument.Write(halves).ShouldBe(GroupDocument.Write(all));
    }

    [Fact]
    public void Document_WrittenAndRead_IsTheSame()
    {
        var group = Records.Group(Records.Of(build: "a", request: "0123456789abcdef"), Records.Of(second: 3, build: "b", request: "fedcba9876543210"));

        var read = GroupDocument.TryRead(GroupDocument.Write(group))!;

        GroupDocument.Write(read).ShouldBe(GroupDocument.Write(group));
        (read.Different, read.Requests.Count, read.FirstBuild, read.Builds[0].Name).ShouldBe((2, 2, "a", "b"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1]")]
    public void TryRead_NoGroup_IsNull(string text) => GroupDocument.TryRead(text).ShouldBeNull();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(5, 0)]
    [InlineData(1_000, 0.10)]
    [InlineData(100_000, 0.15)]
    public void DistinctSketch_ManyTokens_CountsThemAndNoneTwice(int distinct, double tolerance)
    {
        var random = new Random(20261120);
        var sketch = new DistinctSketch();
        for (var i = 0; i < distinct; i++)
        {
            var token = random.NextInt64(long.MinValue, long.MaxValue).ToString("x16", null);
            sketch.Add(token);
            sketch.Add(token);
        }

        Math.Abs(sketch.Count - distinct).ShouldBeLessThanOrEqualTo((long)(distinct * tolerance));
    }

    [Fact]
    public void Writing_AGroup_HoldsTokensOnlyAsRegisters() =>
        JsonDocument.Parse(GroupDocument.Write(Records.Group(Records.Of(request: "0123456789abcdef")))).RootElement.GetRawText().ShouldNotContain("0123456789abcdef");
}
