namespace ServiceDefaults.DryRuns;

/// <summary>Configuration section <c>DryRun</c>.</summary>
public sealed class DryRunOptions
{
    /// <summary>The request header that marks a dry run, such as <c>X-Dry-Run</c>; without it there are no dry runs.</summary>
    public string? Marker { get; set; }

    /// <summary>The longest time in milliseconds that a statement of a dry run may take or wait for a lock: others wait for the locks that it holds. 1000.</summary>
    public int StatementMilliseconds { get; set; } = 1000;
}
