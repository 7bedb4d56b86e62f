namespace Strangler.Proxy.Resilience.LongLived;

/// <summary>An answer without an end of its own, which can be given one that the client understands.</summary>
internal interface IEndable
{
    /// <summary>Ends it as soon as that cuts nothing in two. May be called at any time, from any thread, and more than once.</summary>
    /// <param name="why">Why.</param>
    void End(EndReason why);

    /// <summary>Takes everything back that was put into the request for it; when the attempt is over.</summary>
    void Remove();
}
