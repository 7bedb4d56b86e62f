namespace Strangler.Core.Compare.Causes;

/// <summary>One explanation that has been met, and how often.</summary>
/// <param name="Key">Which explanation of its family.</param>
/// <param name="Count">Differences that it holds for, since it was first met.</param>
/// <param name="First">Identity of the first legacy value.</param>
/// <param name="Varied">True once another legacy value was met: one pair of values proves nothing about others.</param>
/// <param name="Text">What it says, where the key does not; null until it may be kept.</param>
internal sealed record Candidate(string Key, long Count, ulong First, bool Varied, string? Text)
{
    /// <summary>Fewer differences than this prove no constant.</summary>
    public const int MinCount = 3;

    /// <summary>True if the constant has been met often enough, and with more than one value.</summary>
    public bool IsProven => Count >= MinCount && Varied;

    /// <summary>The same candidate with one more difference.</summary>
    public Candidate Seen(ulong legacy, string? text)
    {
        var seen = this with { Count = Count + 1, Varied = Varied || legacy != First };
        return seen.IsProven ? seen with { Text = Text ?? text } : seen;
    }

    /// <summary>The differences of both.</summary>
    public Candidate Joined(Candidate other) =>
        this with { Count = Count + other.Count, Varied = Varied || other.Varied || First != other.First, Text = Text ?? other.Text };
}
