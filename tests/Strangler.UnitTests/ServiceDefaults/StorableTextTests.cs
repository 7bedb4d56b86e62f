extern alias ServiceDefaults;

using ServiceDefaults::ServiceDefaults.Api;
using Shouldly;
using Xunit;

namespace Strangler.UnitTests.ServiceDefaults;

public sealed class StorableTextTests
{
    [Fact]
    public void From_NulInside_Replaced() => StorableText.From("a\0b").ShouldNotContain('\0');

    [Fact]
    public void From_OrdinaryText_Same() => StorableText.From("Größe 7").ShouldBe("Größe 7");
}
