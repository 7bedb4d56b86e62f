namespace Strangler.Demo.Clusters;

/// <summary>How a cluster is stopped.</summary>
public enum StopMode
{
    /// <summary>Sessions are ended and a checkpoint is written.</summary>
    Fast,

    /// <summary>As after a crash: the next start recovers.</summary>
    Immediate,
}
