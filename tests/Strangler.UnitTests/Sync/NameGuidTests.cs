using Shouldly;
using Strangler.Sync.Mapping;
using Xunit;

namespace Strangler.UnitTests.Sync;

public sealed class NameGuidTests
{
    [Fact]
    public void Create_VectorOfTheRfc_IsTheSame() =>
        NameGuid.Create(new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com")
            .ShouldBe(new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"));

    [Fact]
    public void Of_EntityAndNumber_NeverChanges() => NameGuid.Of("item", 17).ShouldBe(new Guid("b18e2110-e1d6-59f7-a6fc-41ceee529ce7"));

    [Fact]
    public void Of_OtherEntityOrNumber_OtherGuid() =>
        new[] { NameGuid.Of("item", 1), NameGuid.Of("item", 11), NameGuid.Of("item1", 1), NameGuid.Of("customer", 1) }.ShouldBeUnique();
}
