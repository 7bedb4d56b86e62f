using System.Globalization;
using Shouldly;
using Strangler.Proxy.OwnWrites;
using Strangler.Proxy.Units;
using Strangler.UnitTests.Units;
using Xunit;

namespace Strangler.UnitTests.OwnWrites;

public sealed class WriteCookieTests
{
    private const long Time = 0x19a3f0c2b1e;

    private static readonly VisitorKeyRing Old = VisitorKeyRing.Parse(UnitParts.OldKey);
    private static readonly VisitorKeyRing Rotated = VisitorKeyRing.Parse($"{UnitParts.NewKey}\n{UnitParts.OldKey}");
    private static readonly VisitorKeyRing Other = VisitorKeyRing.Parse(UnitParts.NewKey);

    [Fact]
    public void Write_SeveralCapabilities_AreReadAgain()
    {
        WriteMark[] marks = [new("catalog", Time), new(WriteMark.All, 0), new("a-1", long.MaxValue)];

        var value = WriteCookie.Write(Old, marks);

        value.ShouldStartWith("v1.old.catalog_19a3f0c2b1e~_0~a-1_7fffffffffffffff.");
        Uri.EscapeDataString(value).ShouldBe(value);
        Read(Old, value).ShouldBe(marks);
    }

    [Fact]
    public void Verify_AnyCharacterChanged_IsNoCookie()
    {
        var value = WriteCookie.Write(Old, [new WriteMark("catalog", Time), new WriteMark("orders", Time + 1)]);

        for (var i = 0; i < value.Length; i++)
        {
            var tampered = value[..i] + (value[i] == 'x' ? 'y' : 'x') + value[(i + 1)..];
            WriteCookie.Verify(Old, tampered).ToString().ShouldBe("", tampered);
            WriteCookie.Verify(Old, value.Remove(i, 1)).ToString().ShouldBe("");
            WriteCookie.Verify(Old, value.AsSpan(0, i)).ToString().ShouldBe("");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("v1.")]
    [InlineData("v1.old")]
    [InlineData("v1.old.catalog_1")]
    [InlineData("v1..catalog_1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("v1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Verify_WhatIsNoCookie_IsNone(string value) => WriteCookie.Verify(Old, value).ToString().ShouldBe("");

    [Fact]
    public void Verify_LongerThanAnyCookie_IsNone() => WriteCookie.Verify(Old, "v1.old." + new string('a', 100_000)).ToString().ShouldBe("");

    [Fact]
    public void Verify_VisitorCookieOfTheSameKey_IsNone() =>
        WriteCookie.Verify(Old, new VisitorCookie(Old).Write(VisitorCookie.NewId(), leaseEnds: null)).ToString().ShouldBe("");

    [Fact]
    public void Verify_KeysRotated_OldOnesHoldAsLongAsTheRingHasThem()
    {
        var value = WriteCookie.Write(Old, [new WriteMark("catalog", Time)]);

        Read(Rotated, value).ShouldBe([new WriteMark("catalog", Time)]);
        WriteCookie.Write(Rotated, [new WriteMark("catalog", Time)]).ShouldStartWith("v1.new.");
        WriteCookie.Verify(Other, value).ToString().ShouldBe("");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(200)]
    public void Write_ManyCapabilities_StaysSmallAndForgetsNone(int count)
    {
        var marks = Enumerable.Range(0, count).Select(i => new WriteMark(string.Create(CultureInfo.InvariantCulture, $"{i:000}{new string('x', 60)}"), Time + i)).ToArray();

        var value = WriteCookie.Write(Old, marks);

        value.Length.ShouldBeLessThanOrEqualTo(512);
        if (count <= 5) Read(Old, value).ShouldBe(marks);
        else Read(Old, value).ShouldBe([new WriteMark(WriteMark.All, Time + count - 1)]);
    }

    [Fact]
    public void Verify_GenuineCookie_AllocatesNothing()
    {
        var value = WriteCookie.Write(Rotated, [new WriteMark("catalog", Time), new WriteMark("orders", Time)]);
        Allocations.PerCall(() => Verify(value)).ShouldBe(0);
    }

    private static void Verify(string value)
    {
        var marks = new WriteMarks(WriteCookie.Verify(Rotated, value));
        while (marks.MoveNext())
        {
        }
    }

    private static List<WriteMark> Read(VisitorKeyRing keys, string value)
    {
        var read = new List<WriteMark>();
        var marks = new WriteMarks(WriteCookie.Verify(keys, value));
        while (marks.MoveNext()) read.Add(new WriteMark(marks.Capability.ToString(), marks.Time));
        return read;
    }
}
