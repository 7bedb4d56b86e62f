namespace Strangler.IntegrationTests.Shadow;

/// <summary>A request as a backend has seen it.</summary>
internal sealed record SeenRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public bool IsSecondLook => Headers.GetValueOrDefault("User-Agent", "").EndsWith("strangler-settle", StringComparison.Ordinal);
}
