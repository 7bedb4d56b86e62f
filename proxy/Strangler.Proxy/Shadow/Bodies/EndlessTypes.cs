namespace Strangler.Proxy.Shadow.Bodies;

/// <summary>The media types of streams that do not end by themselves.</summary>
internal static class EndlessTypes
{
    /// <summary>True for such a Content-Type.</summary>
    public static bool Has(string? contentType) =>
        contentType is not null
        && (contentType.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase)
            || contentType.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase)
            || contentType.StartsWith("multipart/x-mixed-replace", StringComparison.OrdinalIgnoreCase));
}
