using Strangler.Sync.Mapping;

namespace Strangler.Sync;

/// <summary>A declared stream.</summary>
/// <param name="Name">Its name, such as the capability that it serves.</param>
/// <param name="Source">The name of the source's connection string.</param>
/// <param name="Target">The name of the target's connection string.</param>
/// <param name="Mappings">What it brings over, parents before children.</param>
/// <param name="IsOrdered">Whether a target transaction always leaves a state that the source had, over all aggregates.</param>
internal sealed record StreamDefinition(
    string Name, string Source, string Target, IReadOnlyList<AggregateMapping> Mappings, bool IsOrdered = false)
{
    /// <summary>The name of the connection string of the source's owner, needed to install only.</summary>
    public string SourceOwner => Source + "Owner";

    /// <summary>The name of the connection string of the target's owner, needed to install only.</summary>
    public string TargetOwner => Target + "Owner";

    /// <summary>The tables that it reads.</summary>
    public IReadOnlyList<TableName> SourceTables => [.. Mappings.SelectMany(mapping => mapping.Sources).Select(table => table.Name).Distinct()];
}
