using Microsoft.AspNetCore.Http;
using Shouldly;
using Strangler.Core.Compare;
using Strangler.Proxy.Shadow;
using Strangler.Proxy.Shadow.Triage;
using Xunit;

namespace Strangler.UnitTests.Shadow.Triage;

public sealed class RerunShelfTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly RerunShelf _shelf;

    public RerunShelfTests() => _shelf = new RerunShelf(_time);

    [Fact]
    public void Find_WithinItsTime_IsTheLastRequestWithoutTheAnswer()
    {
        _shelf.Put(Exchange("/a"), ["f", "g", "f"]);
        _shelf.Put(Exchange("/b"), ["f"]);

        var found = _shelf.Find("f")!;
        (found.Path.Value, found.Legacy.Body.Length).ShouldBe(("/b", 0));
        _shelf.Find("g")!.Path.Value.ShouldBe("/a");
    }

    [Fact]
    public void Find_AfterItsTime_IsGone()
    {
        _shelf.Put(Exchange("/a"), ["f"]);
        _time.Advance(RerunShelf.Lifetime);

        _shelf.Find("f").ShouldBeNull();
    }

    [Fact]
    public void Put_MoreThanThereIsRoomFor_TheOldestGo()
    {
        for (var i = 0; i < RerunShelf.MaxCount + 1; i++) _shelf.Put(Exchange("/a"), [FormattableString.Invariant($"f{i}")]);

        _shelf.Find("f0").ShouldBeNull();
        _shelf.Find("f1").ShouldNotBeNull();
    }

    [Fact]
    public void Put_MoreBytesThanThereIsRoomFor_TheOldestGo()
    {
        var large = "/" + new string('x', RerunShelf.MaxBytes / 5);
        _shelf.Put(Exchange(large), ["one"]);
        _shelf.Put(Exchange(large), ["two"]);
        _shelf.Put(Exchange(large), ["three"]);
        _shelf.Put(Exchange("/" + new string('x', RerunShelf.MaxBytes)), ["never"]);

        _shelf.Find("one").ShouldBeNull();
        _shelf.Find("three").ShouldNotBeNull();
        _shelf.Find("never").ShouldBeNull();
    }

    [Fact]
    public void Put_AWrite_IsNeverKept()
    {
        _shelf.Put(Exchange("/a") with { Kind = ExchangeKind.DryRun }, ["f"]);

        _shelf.Find("f").ShouldBeNull();
    }

    private static ShadowExchange Exchange(string path) => new(
        "id", "shop", "GET /{**rest}", 1, "GET", new PathString(path), new PathString("/n"), QueryString.Empty,
        new CopiedHeaders("shop.example", "http", null, null, null, null, null), Records.Start, Records.Start,
        new Answer(200, "text/plain", null, new byte[1000]), null, "");
}
