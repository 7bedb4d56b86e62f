namespace Strangler.Proxy.Resilience;

/// <summary>Why legacy was not asked, although the table allows it.</summary>
internal enum FallbackObstacle
{
    /// <summary>Too many requests of the capability are falling back already.</summary>
    Budget,

    /// <summary>Legacy gets as much as it is declared to take.</summary>
    Capacity,

    /// <summary>The caller's time is over.</summary>
    Deadline,
}
