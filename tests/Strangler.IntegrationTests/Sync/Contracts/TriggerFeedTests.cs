using Strangler.IntegrationTests.Sync.Triggers;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>Triggers.</summary>
public sealed class TriggerFeedTests(PlainClusters clusters) : ChangeFeedContract, IClassFixture<PlainClusters>
{
    private protected override Task<SyncLab> LabAsync() => clusters.LabAsync();
}
