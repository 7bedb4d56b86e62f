namespace Strangler.Core.Model;

/// <summary>The two places that can answer a request of a capability.</summary>
public enum Side
{
    /// <summary>The monolith.</summary>
    Legacy,

    /// <summary>The service that replaces this capability of the monolith.</summary>
    New,
}
