using Strangler.Sync.Mapping;

namespace Strangler.Sync.Installing;

/// <summary>What was found of a table of the source that is mapped.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Kind">PostgreSQL's <c>relkind</c>: <c>r</c> for a table; null when there is none of this name.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Identity">The columns of its replica identity; empty when it has none.</param>
/// <param name="Candidates">The indexes that could be its replica identity.</param>
/// <param name="Published">Whether our publication has it.</param>
/// <param name="Readable">Whether the reader may select from it.</param>
internal sealed record SourceTableFacts(
    TableName Table,
    char? Kind,
    IReadOnlyList<string> Columns,
    IReadOnlyList<string> Identity,
    IReadOnlyList<IndexFacts> Candidates,
    bool Published,
    bool Readable)
{
    /// <summary>The types of columns in which equal values can be written in different ways, by column.</summary>
    public IReadOnlyDictionary<string, string> LooseTypes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
