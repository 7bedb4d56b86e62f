using System.Net;
using Shouldly;
using Strangler.IntegrationTests.Edge;

namespace Strangler.IntegrationTests.Overload;

/// <summary>Other rules for a running edge.</summary>
internal static class EdgeRules
{
    /// <summary>Changes the rules as they stand at the start, and waits until requests are routed by them.</summary>
    public static async Task UseRulesAsync(this TestEdge edge, Func<string, string> change)
    {
        await File.WriteAllTextAsync(edge.RulesFile, change(edge.Rules()), TestContext.Current.CancellationToken);
        using var response = await edge.ApplyRulesAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
