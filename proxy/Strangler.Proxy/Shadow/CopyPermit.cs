using Strangler.Core.Routing;

namespace Strangler.Proxy.Shadow;

/// <summary>One ask of the new side, counted in its plan until it is disposed.</summary>
internal sealed class CopyPermit(OperationPlan operation) : IDisposable
{
    public OperationPlan Operation { get; } = operation;

    public void Dispose() => Operation.Capability.OnNewSide.Leave();
}
