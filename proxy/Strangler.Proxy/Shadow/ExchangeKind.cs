namespace Strangler.Proxy.Shadow;

/// <summary>What a copied request is.</summary>
internal enum ExchangeKind
{
    /// <summary>It changes nothing, as the rules say.</summary>
    Read,

    /// <summary>GraphQL, of which only queries are sent on.</summary>
    Graphql,

    /// <summary>It changes something, and the new side rolls that back.</summary>
    DryRun,
}
