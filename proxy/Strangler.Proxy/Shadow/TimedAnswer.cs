using Strangler.Proxy.Shadow.Targets;

namespace Strangler.Proxy.Shadow;

/// <summary>What a side has answered, and when.</summary>
internal sealed record TimedAnswer(AskResult Asked, DateTimeOffset At) : IDisposable
{
    public void Dispose() => Asked.Dispose();
}
