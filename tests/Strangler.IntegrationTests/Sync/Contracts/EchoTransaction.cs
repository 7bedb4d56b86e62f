namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>A transaction of a target, as its log has it.</summary>
internal sealed class EchoTransaction
{
    /// <summary>Its replication origin; null when it has none.</summary>
    public string? Origin { get; set; }

    /// <summary>The messages in it.</summary>
    public List<EchoMessage> Messages { get; } = [];

    /// <summary>The table of each row that was written, in order.</summary>
    public List<string> Tables { get; } = [];
}
