namespace Strangler.Proxy;

/// <summary>What the host tells the edge.</summary>
public sealed class StranglerOptions
{
    /// <summary>The management address when none is given.</summary>
    public const string DefaultManagement = "http://127.0.0.1:8081";

    /// <summary>A rules file, or a folder of <c>*.yaml</c> files. Required.</summary>
    public string Rules { get; set; } = "";

    /// <summary>The folder for state and audit log. Required; created when missing.</summary>
    public string State { get; set; } = "";

    /// <summary>Where admin API, probes and metrics listen; keep it on loopback. Default <see cref="DefaultManagement"/>.</summary>
    public string Management { get; set; } = DefaultManagement;

    /// <summary>True to tell clients the decision in <c>Strangler-Decision</c>. Default false.</summary>
    public bool DecisionHeader { get; set; }

    /// <summary>The token that the admin API asks for; null refuses every call to it. Only its hash is kept.</summary>
    public string? AdminToken { get; set; }
}
