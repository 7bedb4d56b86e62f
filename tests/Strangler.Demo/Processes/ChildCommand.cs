namespace Strangler.Demo.Processes;

/// <summary>What to start and where its output and its pid file go.</summary>
public sealed record ChildCommand
{
    /// <summary>The name people read, such as "monolith".</summary>
    public required string Name { get; init; }

    /// <summary>The program followed by its arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The file that standard output and standard error are appended to.</summary>
    public required string LogFile { get; init; }

    /// <summary>
    /// The file that receives the child's line of <c>/proc/ID/stat</c>, written by the child itself before it runs.
    /// </summary>
    public required string PidFile { get; init; }

    /// <summary>Environment variables added for the child; a null value takes one away.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } =
        new Dictionary<string, string?>(StringComparer.Ordinal);
}
