namespace Strangler.Proxy.Resilience.LongLived;

/// <summary>An answer without an end of its own, which can be given one that the client understands.</summary>
/// <remarks>Disposed when the attempt is over: that takes everything back that was put into the request for it.</remarks>
internal interface IEndable : IDisposable
{
    /// <summary>Ends it as soon as that cuts nothing in two. May be called at any time, from any thread, and more than once.</summary>
    /// <param name="why">Why.</param>
    void End(EndReason why);
}
