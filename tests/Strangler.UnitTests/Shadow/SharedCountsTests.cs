using System.Globalization;
using Shouldly;
using Strangler.Proxy.Shadow.Sharing;
using Xunit;

namespace Strangler.UnitTests.Shadow;

public sealed class SharedCountsTests
{
    private readonly SharedCounts _counts = new();

    [Fact]
    public void Read_Prefix_SumsPlaceByPlace()
    {
        _counts.Add("shop/a", 1, 2);
        _counts.Add("shop/a", 10, 20, 30);
        _counts.Add("cart/a", 5);

        var read = _counts.Read("shop/");
        read.Keys.ShouldBe(["shop/a"]);
        read["shop/a"].ShouldBe([11, 22, 30]);
    }

    [Fact]
    public void Stored_WhatOthersHaveCounted_IsPartOfTheSum()
    {
        _counts.Add("a", 1);
        _counts.Take()["a"].ShouldBe([1]);
        _counts.Add("a", 2);
        _counts.Read("")["a"].ShouldBe([3]);

        // The store has 100 of others, and the 1 that was taken.
        _counts.Stored([new("a", [101]), new("b", [7])]);

        var read = _counts.Read("");
        (read["a"][0], read["b"][0]).ShouldBe((103, 7));
    }

    [Fact]
    public void Add_MoreKeysThanThereIsRoomFor_KnownOnesStillCount()
    {
        for (var i = 0; i < SharedCounts.MaxKeys + 10; i++) _counts.Add(i.ToString(CultureInfo.InvariantCulture), 1);
        _counts.Add("0", 1);

        _counts.Dropped.ShouldBe(10);
        _counts.Read("").Count.ShouldBe(SharedCounts.MaxKeys);
        _counts.Read("")["0"].ShouldBe([2]);
    }
}
