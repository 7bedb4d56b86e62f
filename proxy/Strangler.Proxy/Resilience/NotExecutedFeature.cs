using Microsoft.AspNetCore.Http;

namespace Strangler.Proxy.Resilience;

/// <summary>Marks a request of which the side that was asked said that it has not executed it.</summary>
internal sealed class NotExecutedFeature
{
    /// <summary>
    /// The response header by which a service vouches that a request it answers with 429, 502, 503 or 504 has changed nothing and never will. For the
    /// edge alone: clients do not see it.
    /// </summary>
    public const string Header = "Not-Executed";

    private const string Yes = "1";
    private static readonly NotExecutedFeature Instance = new();

    private NotExecutedFeature()
    {
    }

    /// <summary>Takes the header off an answer, and remembers it when it says so.</summary>
    public static void Take(HttpContext context)
    {
        if (!context.Response.Headers.Remove(Header, out var value)) return;
        if (value == Yes) context.Features.Set(Instance);
    }

    public static bool IsOn(HttpContext context) => context.Features.Get<NotExecutedFeature>() is not null;
}
