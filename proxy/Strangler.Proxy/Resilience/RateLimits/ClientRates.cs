using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Strangler.Core.Model;
using Strangler.Proxy.Units;

namespace Strangler.Proxy.Resilience.RateLimits;

/// <summary>
/// How much one client may ask, by the framework's own token buckets: one for each unit, and for whoever names none, one for each address.
/// Off unless the rules have a <c>rate-limit</c>.
/// </summary>
/// <remarks>
/// Clients fall into a fixed number of places by a hash whose seed is another one in each process: memory is bounded whoever asks, nobody can
/// choose whose place to share, and no name of a client is kept.
/// </remarks>
internal sealed class ClientRates(UnitReader units) : IDisposable
{
    /// <summary>Places for clients: of a thousand that are active at once, about eight share one with another.</summary>
    public const int Places = 1 << 17;

    private const int AddressV6Prefix = 8;

    private readonly Lock _changing = new();
    private Buckets? _buckets;

    /// <summary>Takes one request from a client's bucket.</summary>
    /// <param name="context">The request.</param>
    /// <param name="rules">The rules of the request's plan.</param>
    /// <param name="retryAfter">When there will be one again, if there is none.</param>
    public bool TryTake(HttpContext context, RuleSet rules, out TimeSpan retryAfter)
    {
        retryAfter = default;
        var buckets = Volatile.Read(ref _buckets);
        if (buckets?.Rules != rules.RateLimit) buckets = Change(rules.RateLimit!);
        using var lease = buckets!.Limiter.AttemptAcquire(PlaceOf(context, rules));
        if (lease.IsAcquired) return true;
        retryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
        return false;
    }

    public void Dispose() => _buckets?.Limiter.Dispose();

    // The old buckets are left to the collector: another request may still be asking them.
    private Buckets Change(RateLimitRules rules)
    {
        lock (_changing)
        {
            if (_buckets?.Rules != rules) Volatile.Write(ref _buckets, new Buckets(rules, Create(rules)));
            return _buckets!;
        }
    }

    private static PartitionedRateLimiter<int> Create(RateLimitRules rules)
    {
        // The framework looks ten times a second.
        var atOnce = Math.Max(1, rules.Rate / 10);
        var options = new TokenBucketRateLimiterOptions
        {
            TokenLimit = rules.Burst,
            TokensPerPeriod = atOnce,
            ReplenishmentPeriod = TimeSpan.FromSeconds((double)atOnce / rules.Rate),
            QueueLimit = 0,
            AutoReplenishment = false,
        };
        return PartitionedRateLimiter.Create<int, int>(place => RateLimitPartition.GetTokenBucketLimiter(place, _ => options));
    }

    private int PlaceOf(HttpContext context, RuleSet rules)
    {
        var unit = units.Read(context, rules.Unit).Requester.Unit;
        return (unit.IsEmpty ? HashOfAddress(context) : string.GetHashCode(unit, StringComparison.Ordinal)) & (Places - 1);
    }

    // A household has a /64 and can use any address of it.
    private static int HashOfAddress(HttpContext context)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (context.Connection.RemoteIpAddress is not { } address || !address.TryWriteBytes(bytes, out var length)) return 0;
        var hash = new HashCode();
        hash.AddBytes(address.IsIPv4MappedToIPv6 || length <= AddressV6Prefix ? bytes[..length] : bytes[..AddressV6Prefix]);
        return hash.ToHashCode();
    }

    private sealed record Buckets(RateLimitRules Rules, PartitionedRateLimiter<int> Limiter);
}
