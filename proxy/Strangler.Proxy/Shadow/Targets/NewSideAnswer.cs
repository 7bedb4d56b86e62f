using System.Runtime.InteropServices;
using Strangler.Core.Routing;

namespace Strangler.Proxy.Shadow.Targets;

/// <summary>What came of a copy.</summary>
/// <param name="Asked">What the new side has answered; null when the plan in force no longer copies.</param>
/// <param name="Operation">The operation in the plan under which it was asked; null together with <paramref name="Asked"/>.</param>
/// <param name="Refusal">Why it was not asked; counts only without <paramref name="Asked"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NewSideAnswer(AskResult? Asked, OperationPlan? Operation, SkipReason Refusal);
