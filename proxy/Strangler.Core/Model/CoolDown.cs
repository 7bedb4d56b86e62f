namespace Strangler.Core.Model;

/// <summary>After a breaker has lowered a capability it is not raised for a while, unless an operator insists.</summary>
/// <param name="Until">The end of it.</param>
/// <param name="Why">What had happened, with the numbers.</param>
public sealed record CoolDown(DateTimeOffset Until, string Why)
{
    /// <summary>How long it lasts: 30 minutes.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(30);
}
