namespace Strangler.Core.Compare;

/// <summary>What one side answered, as far as the comparer looks at it.</summary>
/// <param name="Status">HTTP status code.</param>
/// <param name="ContentType">The Content-Type header as sent, or null.</param>
/// <param name="Location">The Location header as sent, or null.</param>
/// <param name="Body">The whole body, with its Content-Encoding undone; empty when there was none, or when there is <see cref="Whole"/>.</param>
public sealed record Answer(int Status, string? ContentType, string? Location, ReadOnlyMemory<byte> Body)
{
    /// <summary>
    /// The response headers in their order, without those of the connection: a name stands once, with its values joined by commas, but each
    /// Set-Cookie line stands by itself. They are for comparing in memory; nothing of them may be stored as it is.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>What is known of a body that is larger than the capture limit; null for one that is in <see cref="Body"/>.</summary>
    public BodyDigest? Whole { get; init; }
}
