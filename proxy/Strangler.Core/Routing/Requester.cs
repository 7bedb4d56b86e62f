namespace Strangler.Core.Routing;

/// <summary>Who asks, as far as the edge could make sure of it. Lives on the stack of one request.</summary>
/// <param name="unit">Whom the decision sticks to; empty when the request names nobody.</param>
/// <param name="groups">Names of the unit's groups, separated by commas; empty for none.</param>
public readonly ref struct Requester(ReadOnlySpan<char> unit, ReadOnlySpan<char> groups = default)
{
    /// <summary>Whom the decision sticks to; empty when the request names nobody.</summary>
    public ReadOnlySpan<char> Unit { get; } = unit;

    /// <summary>Names of the unit's groups, separated by commas; empty for none.</summary>
    public ReadOnlySpan<char> Groups { get; } = groups;
}
