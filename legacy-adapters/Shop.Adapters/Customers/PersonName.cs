namespace Shop.Adapters.Customers;

/// <summary>A whole name as first and last name.</summary>
/// <param name="First">All before the last space; null when there is no space at all.</param>
/// <param name="Last">All behind it.</param>
internal sealed record PersonName(string? First, string Last)
{
    /// <summary>
    /// Splits at the last space, so that several first names stay together. Nobody can tell first from last name in every name, but whatever the text
    /// is, joining gives it back.
    /// </summary>
    public static PersonName Split(string fullName) => fullName.LastIndexOf(' ') is var space and >= 0
        ? new PersonName(fullName[..space], fullName[(space + 1)..])
        : new PersonName(First: null, fullName);

    /// <summary>The whole name.</summary>
    public string Join() => First is null ? Last : $"{First} {Last}";
}
