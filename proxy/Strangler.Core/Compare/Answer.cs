namespace Strangler.Core.Compare;

/// <summary>What one side answered, as far as the comparer looks at it.</summary>
/// <param name="Status">HTTP status code.</param>
/// <param name="ContentType">The Content-Type header as sent, or null.</param>
/// <param name="Location">The Location header as sent, or null.</param>
/// <param name="Body">The whole body as sent on the wire; empty when there was none.</param>
public sealed record Answer(int Status, string? ContentType, string? Location, ReadOnlyMemory<byte> Body);
