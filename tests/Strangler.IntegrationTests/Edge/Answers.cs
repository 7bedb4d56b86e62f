namespace Strangler.IntegrationTests.Edge;

/// <summary>Short ways to look at an answer.</summary>
internal static class Answers
{
    public static async Task<string> TextAsync(this HttpResponseMessage response) =>
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    /// <summary>The value of <c>Strangler-Decision</c>; null when no capability claims the request.</summary>
    public static string? Decision(this HttpResponseMessage response) =>
        response.Headers.TryGetValues(TestEdge.Decision, out var values) ? values.Single() : null;

    /// <summary>One parameter of <c>Strangler-Decision</c>.</summary>
    public static string Decision(this HttpResponseMessage response, string name) =>
        response.Decision()!.Split(';').Single(p => p.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];
}
