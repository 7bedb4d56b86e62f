namespace Strangler.Proxy.Admin.Idempotency;

/// <summary>The first answer to a request, for those who ask again.</summary>
/// <param name="Status">Status code.</param>
/// <param name="ContentType">Media type.</param>
/// <param name="ETag">The plan; null when there was none.</param>
/// <param name="Body">The body.</param>
internal sealed record StoredAnswer(int Status, string? ContentType, string? ETag, byte[] Body);
