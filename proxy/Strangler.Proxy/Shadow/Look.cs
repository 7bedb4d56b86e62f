using Strangler.Core.Compare;
using Strangler.Core.Routing;
using Strangler.Proxy.Shadow.Targets;

namespace Strangler.Proxy.Shadow;

/// <summary>What was seen when the new side was first asked.</summary>
/// <param name="Asked">What it has answered.</param>
/// <param name="Operation">The operation in the plan under which it was asked.</param>
/// <param name="Control">What legacy has answered when it was asked again; null when it was not.</param>
/// <param name="Watermark">The adapters' watermark right before the ask; null when there was none.</param>
/// <param name="Answered">When the new side had answered.</param>
internal sealed record Look(AskResult Asked, OperationPlan Operation, TimedAnswer? Control, Watermark? Watermark, DateTimeOffset Answered);
