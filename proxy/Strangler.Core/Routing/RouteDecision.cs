using System.Globalization;
using Strangler.Core.Model;

namespace Strangler.Core.Routing;

/// <summary>
/// The side of one request and why. Every possible decision of an operation is made once, with its plan, so that deciding allocates
/// nothing.
/// </summary>
public sealed class RouteDecision
{
    internal RouteDecision(OperationPlan operation, Side side, DecisionReason reason)
    {
        Operation = operation;
        Side = side;
        Reason = reason;
        var capability = operation.Capability;
        HeaderValue = string.Create(CultureInfo.InvariantCulture,
            $"{ToName(side)};capability={capability.Rules.Name};stage={capability.State.Stage.ToName()};reason={ToName(reason)};plan={capability.PlanNumber}");
    }

    /// <summary>The operation that the request calls.</summary>
    public OperationPlan Operation { get; }

    /// <summary>The operation's capability.</summary>
    public CapabilityPlan Capability => Operation.Capability;

    /// <summary>Where the request goes.</summary>
    public Side Side { get; }

    /// <summary>Why it goes there.</summary>
    public DecisionReason Reason { get; }

    /// <summary>The value of <c>Strangler-Decision</c>, an item of RFC 9651: <c>new;capability=catalog;stage=read-canary;reason=inside-share;plan=12</c>.</summary>
    public string HeaderValue { get; }

    /// <summary>The name of a side in headers, metrics and screens.</summary>
    public static string ToName(Side side) => side == Side.New ? "new" : "legacy";

    /// <summary>The name of a reason in headers, metrics and screens, for example <c>inside-share</c>.</summary>
    public static string ToName(DecisionReason reason) => KebabNames<DecisionReason>.Of(reason);
}
