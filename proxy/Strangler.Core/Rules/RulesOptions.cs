namespace Strangler.Core.Rules;

/// <summary>What the rules are read for.</summary>
public sealed record RulesOptions
{
    /// <summary>Nothing is known: no environment, no edge.</summary>
    public static readonly RulesOptions None = new();

    /// <summary>The environment whose overlays count; null for none. Default null.</summary>
    public string? Environment { get; init; }

    /// <summary>
    /// Where the edge itself listens, such as <c>http://0.0.0.0:8080</c> or <c>http://*:8080</c>, so that no request is sent in a circle.
    /// What is no such address is not looked at. Default none.
    /// </summary>
    public IReadOnlyList<string> EdgeAddresses { get; init; } = [];
}
