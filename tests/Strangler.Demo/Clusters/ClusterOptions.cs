namespace Strangler.Demo.Clusters;

/// <summary>How a private cluster is made.</summary>
public sealed record ClusterOptions
{
    /// <summary>The name people read in messages and in the log.</summary>
    public string Name { get; init; } = "postgres";

    /// <summary>
    /// A folder that the account "postgres" can reach when we are root; made if missing, its <c>data</c> must not exist.
    /// </summary>
    public required string Folder { get; init; }

    /// <summary>The port on 127.0.0.1; 0, the default, takes a free one and keeps it over restarts.</summary>
    public int Port { get; init; }

    /// <summary>Server settings, such as <c>wal_level</c> = <c>logical</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>False turns fsync off: faster, but a killed machine would lose data. On by default.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Whether the folder is deleted on dispose.</summary>
    public bool Temporary { get; init; }
}
