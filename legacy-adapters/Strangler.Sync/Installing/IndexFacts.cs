namespace Strangler.Sync.Installing;

/// <summary>An index that could be a replica identity: unique, valid, not partial, not deferrable, over plain columns that are never null.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record IndexFacts(string Name, IReadOnlyList<string> Columns);
