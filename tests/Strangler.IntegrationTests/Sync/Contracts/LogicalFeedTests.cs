namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>Logical replication.</summary>
public sealed class LogicalFeedTests(SharedClusters clusters) : ChangeFeedContract
{
    private protected override Task<SyncLab> LabAsync() => SyncLab.CreateAsync(clusters);
}
