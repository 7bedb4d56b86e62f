namespace Strangler.Core.Graphql;

/// <summary>The kinds of tokens of a GraphQL document (GraphQL, October 2021, 2.1.6).</summary>
internal enum GraphqlToken
{
    /// <summary>The document is over.</summary>
    End,

    /// <summary>Something that is no token, or that servers may read differently.</summary>
    Error,

    /// <summary>A name.</summary>
    Name,

    /// <summary>An integer or a float.</summary>
    Number,

    /// <summary>A string or a block string.</summary>
    Text,

    /// <summary>Three dots.</summary>
    Spread,

    /// <summary>A single character.</summary>
    Punctuator,
}
