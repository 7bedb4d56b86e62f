namespace Strangler.IntegrationTests.LegacyShop;

/// <summary>Tests that share one running shop. Each takes customers and products of its own.</summary>
[CollectionDefinition(Name)]
public sealed class SharedShop : ICollectionFixture<RunningShop>
{
    public const string Name = "legacy shop";
}
