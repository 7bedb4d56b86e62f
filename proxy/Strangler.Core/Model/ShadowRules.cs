namespace Strangler.Core.Model;

/// <summary>How much traffic is copied to the new side and compared.</summary>
/// <param name="Sample">Share of the safe requests, 0 to 1; with 0 nothing is copied, whatever <see cref="Floor"/> is.</param>
public sealed record ShadowRules(double Sample)
{
    /// <summary>The default of <see cref="Floor"/>.</summary>
    public const int DefaultFloor = 10;

    /// <summary>The default of <see cref="MaxRate"/>.</summary>
    public const int DefaultMaxRate = 100;

    /// <summary>Nothing is copied: a capability without a <c>shadow</c> section.</summary>
    public static readonly ShadowRules Off = new(0);

    /// <summary>Share of the copies, 0 to 1, for which legacy is asked a second time, to tell noise from differences.</summary>
    public double Control { get; init; }

    /// <summary>So many requests of each operation are copied in each hour whatever the sample, so that a rare operation is seen at all.</summary>
    public int Floor { get; init; } = DefaultFloor;

    /// <summary>The most copies a second, on each edge.</summary>
    public int MaxRate { get; init; } = DefaultMaxRate;

    /// <summary>What becomes of the copies of writes.</summary>
    public ShadowWrites Writes { get; init; }

    /// <summary>The response header in which each side states its build; null when neither does.</summary>
    public string? Build { get; init; }

    /// <summary>
    /// The cookie that copies carry; null for none, the default. With it the new side can answer for the shopper who asked, and whoever runs it sees
    /// that shopper's session.
    /// </summary>
    public string? Cookie { get; init; }
}
