using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Strangler.Core.Model;
using Strangler.Proxy;
using Strangler.Proxy.Admin.Access;
using Xunit;

namespace Strangler.UnitTests.Admin;

public sealed class CallersTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Find_TokenThatHasExpired_IsNobody()
    {
        var callers = Make(Token("ci", "stg_a", Start.AddDays(1)));

        callers.Find("Bearer stg_a").ShouldBe(new Caller("ci", Role.Viewer));
        _time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromTicks(1));
        callers.Find("Bearer stg_a").ShouldNotBeNull();
        _time.Advance(TimeSpan.FromTicks(1));
        callers.Find("Bearer stg_a").ShouldBeNull();
    }

    [Theory]
    [InlineData("Bearer boot", "bootstrap")]
    [InlineData("bearer stg_b", "mia")]
    [InlineData("Bearer stg_c", null)]
    [InlineData("Bearer ", null)]
    [InlineData("Basic stg_b", null)]
    [InlineData("stg_b", null)]
    [InlineData(null, null)]
    public void Find_Header_IsItsOwnerOrNobody(string? header, string? name)
    {
        var callers = Make(Token("ci", "stg_a", null), Token("mia", "stg_b", null));

        callers.Find(header is null ? default : header)?.Name.ShouldBe(name);
        (callers.Find(header is null ? default : header) is null).ShouldBe(name is null);
    }

    [Fact]
    public void Secret_EachTime_IsAnother() =>
        Enumerable.Range(0, 100).Select(_ => TokenSecret.New()).Distinct(StringComparer.Ordinal).Count().ShouldBe(100);

    private static TokenRecord Token(string name, string secret, DateTimeOffset? expires) =>
        new(name, Role.Viewer, Convert.ToHexStringLower(TokenSecret.Hash(secret)), Start, expires);

    private Callers Make(params TokenRecord[] tokens) =>
        new(new StranglerOptions { AdminToken = "boot" }, () => tokens, _time, NullLogger<Callers>.Instance);
}
