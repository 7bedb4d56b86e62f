namespace Strangler.Demo;

/// <summary>What the demo was asked to do.</summary>
internal sealed record DemoOptions
{
    /// <summary>What can be asked for.</summary>
    public const string Usage = """
        Usage: strangler demo [OPTIONS]

          --headless    print lines instead of a live table
          --for TIME    stop by itself after this time, such as 60s or 5m
          --tour        tell the story unattended; exit 0 only if all of it was seen
          --edges N     so many edges, 1 to 3, on one control store; with --tour
                        the story is theirs: an edge dies, the store dies
          --seed N      what the shoppers do and which defect the tour hides (1 to 999999)
          --free-ports  any free ports instead of 8080 and the other usual ones
          --ephemeral   free ports and a temporary folder, beside any other demo
        """;

    /// <summary>Lines instead of a live table.</summary>
    public bool Headless { get; init; }

    /// <summary>After which time it ends by itself; null for not.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>Whether to tell the story.</summary>
    public bool Tour { get; init; }

    /// <summary>How many edges, 1 to 3; more than one share a control store in PostgreSQL.</summary>
    public int Edges { get; init; } = 1;

    /// <summary>What the shoppers do, and which defect the tour hides.</summary>
    public required int Seed { get; init; }

    /// <summary>The folder for data, null for a temporary one.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Any free ports instead of the usual ones.</summary>
    public bool FreePorts { get; init; }
}
