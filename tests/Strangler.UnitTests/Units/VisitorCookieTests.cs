using Shouldly;
using Strangler.Proxy.Units;
using Xunit;

namespace Strangler.UnitTests.Units;

public sealed class VisitorCookieTests
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=%\u00e9";

    private static readonly VisitorCookie Old = With(UnitParts.OldKey);

    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    [InlineData(1_795_000_000L)]
    public void Verify_WhatWasWritten_GivesIdAndLease(long? lease)
    {
        var id = VisitorCookie.NewId();

        var visitor = Old.Verify(Old.Write(id, lease))!;

        (visitor.Id, visitor.LeaseEnds).ShouldBe((id, lease));
    }

    [Fact]
    public void Write_ThreeParts_ReadsAsDocumented() =>
        Old.Write("AAAAAAAAAAAAAAAAAAAAAA", 1_795_000_000).ShouldMatch("^v1\\.old\\.A{22}\\.1795000000\\.[A-Za-z0-9_-]{43}$");

    [Fact]
    public void NewId_Thousand_AreAllDifferentAnd128Bits()
    {
        var ids = Enumerable.Range(0, 1000).Select(_ => VisitorCookie.NewId()).ToHashSet(StringComparer.Ordinal);

        ids.Count.ShouldBe(1000);
        ids.ShouldAllBe(id => id.Length == 22);
    }

    // Every single place of the text, by every kind of letter that could stand there, before and after the genuine one is remembered.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Verify_AnyOneLetterChanged_IsNoCookie(bool remembered)
    {
        var cookie = With(UnitParts.OldKey);
        var value = cookie.Write(VisitorCookie.NewId(), 1_795_000_000);
        if (remembered) cookie.Verify(value).ShouldNotBeNull();
        for (var i = 0; i < value.Length; i++)
        {
            foreach (var letter in Letters.Where(l => l != value[i]))
            {
                cookie.Verify(value[..i] + letter + value[(i + 1)..]).ShouldBeNull($"place {i}, '{letter}'");
            }
        }
    }

    [Fact]
    public void Verify_CutOrLengthened_IsNoCookie()
    {
        var value = Old.Write(VisitorCookie.NewId(), null);

        for (var length = 0; length < value.Length; length++) Old.Verify(value.AsSpan(0, length)).ShouldBeNull();
        for (var start = 1; start <= value.Length; start++) Old.Verify(value.AsSpan(start)).ShouldBeNull();
        Old.Verify(value + "A").ShouldBeNull();
        Old.Verify(value + new string('A', 5000)).ShouldBeNull();
        Old.Verify(value).ShouldNotBeNull();
    }

    [Fact]
    public void Verify_SignatureOfAnotherId_IsNoCookie()
    {
        var (mine, other) = (Old.Write(VisitorCookie.NewId(), null), Old.Write(VisitorCookie.NewId(), null));
        Old.Verify(mine).ShouldNotBeNull();

        Old.Verify(other[..^43] + mine[^43..]).ShouldBeNull();
    }

    [Fact]
    public void Verify_SignedWithAKeyThatIsNotOnTheRing_IsNoCookie()
    {
        var value = With(UnitParts.NewKey).Write(VisitorCookie.NewId(), null);

        Old.Verify(value).ShouldBeNull();
        Old.Verify(value.Replace(".new.", ".old.", StringComparison.Ordinal)).ShouldBeNull();
    }

    [Fact]
    public void Verify_AfterRotation_TheSameIdUnderBothKeysUntilTheOldOneIsGone()
    {
        var id = VisitorCookie.NewId();
        var (before, both, after) = (Old, With($"{UnitParts.NewKey}\n{UnitParts.OldKey}"), With(UnitParts.NewKey));
        var old = before.Write(id, null);

        both.Verify(old)!.Id.ShouldBe(id);
        both.Write(id, null).ShouldStartWith("v1.new.");
        after.Verify(both.Write(id, null))!.Id.ShouldBe(id);
        after.Verify(old).ShouldBeNull();
    }

    // Far more visitors than places to remember them.
    [Fact]
    public async Task Verify_ManyVisitorsAtOnce_NeverTakesOneForAnother()
    {
        var cookie = With(UnitParts.OldKey);
        var ids = Enumerable.Range(0, 20_000).Select(_ => VisitorCookie.NewId()).ToArray();
        var values = ids.Select(id => cookie.Write(id, null)).ToArray();

        var wrong = await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            var random = new Random(thread);
            return Enumerable.Range(0, 40_000).Count(_ => random.Next(ids.Length) is var i && cookie.Verify(values[i])?.Id != ids[i]);
        }, TestContext.Current.CancellationToken)));

        wrong.Sum().ShouldBe(0);
    }

    [Fact]
    public void Verify_RememberedCookie_AllocatesNothing()
    {
        var value = Old.Write(VisitorCookie.NewId(), null);
        Allocations.PerCall(() => _ = Old.Verify(value)).ShouldBe(0);
    }

    private static VisitorCookie With(string keys) => new(VisitorKeyRing.Parse(keys));
}
