namespace Strangler.Core.Compare;

/// <summary>One step of a <see cref="JsonPath"/>: a name, an index, or (with neither) anything.</summary>
internal sealed record JsonPathStep(bool Descendant, string? Name, int? Index)
{
    public bool Accepts(PathSegment segment)
    {
        if (Name is not null) return string.Equals(Name, segment.Name, StringComparison.Ordinal);
        return Index is null || (segment.Name is null && segment.Index == Index);
    }
}
