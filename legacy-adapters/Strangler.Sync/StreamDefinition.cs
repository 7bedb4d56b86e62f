using Strangler.Sync.Mapping;

namespace Strangler.Sync;

/// <summary>A declared stream.</summary>
/// <param name="Name">Its name, such as the capability that it serves.</param>
/// <param name="Source">The name of the source's connection string.</param>
/// <param name="Target">The name of the target's connection string.</param>
/// <param name="Mappings">What it brings over, parents before children.</param>
internal sealed record StreamDefinition(string Name, string Source, string Target, IReadOnlyList<AggregateMapping> Mappings)
{
    /// <summary>The name of the connection string of the source's owner, needed to install only.</summary>
    public string SourceOwner => Source + "Owner";

    /// <summary>The name of the connection string of the target's owner, needed to install only.</summary>
    public string TargetOwner => Target + "Owner";
}
