namespace Strangler.UnitTests.Architecture;

/// <summary>A namespace in a using directive or declaration.</summary>
/// <param name="File">Where it stands, relative to the root.</param>
/// <param name="Name">The namespace, or the type of a static or aliased using.</param>
internal sealed record NamedNamespace(string File, string Name)
{
    /// <summary>Whether it is this namespace or lies in it.</summary>
    public bool IsIn(string space) =>
        Name == space || Name.StartsWith(space + ".", StringComparison.Ordinal);
}
