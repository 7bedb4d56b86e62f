using System.Security.Cryptography;
using Shop.Adapters.Customers;
using Shouldly;
using Strangler.Sync.Mapping;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class SessionMappingTests
{
    private static readonly SessionMapping Mapping = new();

    [Fact]
    public void Map_LoggedIn_DigestAndCustomer()
    {
        var session = Map(new LegacySession("abc-1", 7))!.Of(Mapping.Sessions).Single();

        session.CustomerNumber.ShouldBe(7);
        session.Digest.ShouldBe(SHA256.HashData("abc-1"u8));
        Mapping.TargetKeyOf("abc-1").ShouldBe(session.Digest);
    }

    [Fact]
    public void Map_Visitor_DoesNotGoOver() => Map(new LegacySession("abc-1", CustId: null)).ShouldBeNull();

    [Fact]
    public void Sources_Session_OnlyWhatIsNeeded() => Mapping.Root.Columns.Select(column => column.Name).ShouldBe(["sid", "cust_id"]);

    private static TargetRows? Map(LegacySession session) => Mapping.Map(new SourceRows().Add(Mapping.Root, session));
}
