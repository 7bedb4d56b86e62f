using Strangler.Core.Routing;

namespace Strangler.Proxy.Units;

/// <summary>Who asks, and what that means for the visitor cookie.</summary>
/// <param name="requester">Who asks.</param>
/// <param name="visitor">The visitor that the request names; null for none.</param>
/// <param name="step">What the answer changes about the visitor.</param>
internal readonly ref struct Identity(Requester requester, Visitor? visitor, VisitorStep step)
{
    /// <summary>Who asks.</summary>
    public Requester Requester { get; } = requester;

    /// <summary>The visitor that the request names; null for none.</summary>
    public Visitor? Visitor { get; } = visitor;

    /// <summary>What the answer changes about the visitor.</summary>
    public VisitorStep Step { get; } = step;
}
