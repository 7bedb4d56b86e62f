using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Strangler.Proxy.Resilience.Stale;

/// <summary>A good answer that was kept.</summary>
/// <param name="StoredAt">When it was complete.</param>
/// <param name="AgeThen">How old it already was, by its own <c>Age</c>.</param>
/// <param name="Headers">Its headers, without those that the edge makes anew.</param>
/// <param name="Varies">The request headers that chose it, with their values.</param>
/// <param name="Body">Its body as it was sent.</param>
internal sealed record StaleAnswer(
    DateTimeOffset StoredAt,
    TimeSpan AgeThen,
    IReadOnlyList<KeyValuePair<string, StringValues>> Headers,
    IReadOnlyList<KeyValuePair<string, StringValues>> Varies,
    byte[] Body)
{
    /// <summary>Whether a request is one of those that would have got it.</summary>
    public bool Fits(IHeaderDictionary request)
    {
        for (var i = 0; i < Varies.Count; i++)
        {
            if (request[Varies[i].Key] != Varies[i].Value) return false;
        }

        return true;
    }
}
