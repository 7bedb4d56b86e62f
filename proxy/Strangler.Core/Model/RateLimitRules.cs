namespace Strangler.Core.Model;

/// <summary>How much one client may ask: a bucket of <paramref name="Burst"/> requests that fills again at <paramref name="Rate"/>.</summary>
/// <param name="Rate">Requests per second that a client may go on asking, above 0.</param>
/// <param name="Burst">Requests that it may ask at once, at least 1.</param>
public sealed record RateLimitRules(int Rate, int Burst)
{
    /// <summary>The default of <see cref="Burst"/>, as a multiple of <see cref="Rate"/>: a page with everything on it comes at once.</summary>
    public const int DefaultBurst = 5;
}
