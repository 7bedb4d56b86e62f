namespace Strangler.Proxy;

/// <summary>What the host tells the edge.</summary>
public sealed class StranglerOptions
{
    /// <summary>The management address when none is given.</summary>
    public const string DefaultManagement = "http://127.0.0.1:8081";

    /// <summary>A rules file, or a folder of <c>*.yaml</c> files. Required.</summary>
    public string Rules { get; set; } = "";

    /// <summary>The environment whose overlays of the rules count, such as <c>staging</c>; null for none. Default null.</summary>
    public string? RulesEnvironment { get; set; }

    /// <summary>
    /// Where the edge listens, as the server takes it (<c>http://*:8080</c>), so that rules which lead back to it are refused. What
    /// <see cref="Management"/> says is known already. Default none.
    /// </summary>
    public IReadOnlyList<string> Addresses { get; set; } = [];

    /// <summary>The folder for state and audit log. Required; created when missing.</summary>
    public string State { get; set; } = "";

    /// <summary>Where admin API, probes and metrics listen; keep it on loopback. Default <see cref="DefaultManagement"/>.</summary>
    public string Management { get; set; } = DefaultManagement;

    /// <summary>True to tell clients the decision in <c>Strangler-Decision</c>. Default false.</summary>
    public bool DecisionHeader { get; set; }

    /// <summary>
    /// The header under which the new side, and nobody else, gets the unit, percent-encoded where it is not plain ASCII; what clients send
    /// under it is dropped. Null, the default, sends none.
    /// </summary>
    public string? UnitHeader { get; set; }

    /// <summary>
    /// Keys of the visitor cookies, one per line as <c>id:base64</c> of 32 bytes or more; the first signs, all verify. All edges need the same.
    /// Null makes the edge keep one of its own in the state folder. Gone from here once they are read.
    /// </summary>
    public string? VisitorKeys { get; set; }

    /// <summary>
    /// Base64 of 32 bytes or more: the key of the tokens that stand for values which are not shown. Edges that share a control store need the
    /// same. Null makes each start use one of its own. Gone from here once it is read.
    /// </summary>
    public string? TokenKey { get; set; }

    /// <summary>Name of this edge among its like, in status and audit log. Default: the name of the machine.</summary>
    public string Edge { get; set; } = Environment.MachineName;

    /// <summary>
    /// Connection string of the PostgreSQL control store that all edges share (its schema: <see cref="Plans.Postgres.ControlSchema"/>). Null, the
    /// default, keeps plans and audit log in <see cref="State"/>, for one edge. Gone from here once it is read.
    /// </summary>
    public string? ControlStore { get; set; }

    /// <summary>The token that the admin API asks for; null refuses every call to it. Only its hash is kept.</summary>
    public string? AdminToken { get; set; }

    /// <summary>
    /// Longest life of a connection that lives long (WebSocket, event stream, download) after a plan has given its client the other side. Default 60
    /// seconds.
    /// </summary>
    public TimeSpan CloseAfterFlip { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// When told to stop, the edge says for this long that it is not ready, and asks its clients to connect again elsewhere, before it stops to listen.
    /// Behind a load balancer: at least as long as that takes to notice. Default 1 second.
    /// </summary>
    public TimeSpan Drain { get; set; } = TimeSpan.FromSeconds(1);
}
