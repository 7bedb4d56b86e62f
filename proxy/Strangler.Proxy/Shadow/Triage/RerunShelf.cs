using Strangler.Core.Compare;

namespace Strangler.Proxy.Shadow.Triage;

/// <summary>
/// The last request of each group as it was sent, for those who want to ask both sides again. In this edge's memory and nowhere else: a few
/// hundred, a megabyte, half an hour. The answers are not kept.
/// </summary>
internal sealed class RerunShelf(TimeProvider time)
{
    /// <summary>Most requests.</summary>
    public const int MaxCount = 500;

    /// <summary>Most bytes of all of them together, about.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>How long a request is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private static readonly Answer Nothing = new(0, null, null, ReadOnlyMemory<byte>.Empty);

    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, (ShadowExchange Exchange, DateTimeOffset At, int Bytes)> _requests = new(StringComparer.Ordinal);
    private int _bytes;

    /// <summary>Keeps the request of an exchange for the groups that it is in; it takes the place of the one before. A write is never kept.</summary>
    public void Put(ShadowExchange exchange, IReadOnlyList<string> fingerprints)
    {
        if (exchange.Kind == ExchangeKind.DryRun) return;
        var now = time.GetUtcNow();
        var request = exchange with { Legacy = Nothing };
        var bytes = SizeOf(request);
        lock (_lock)
        {
            foreach (var fingerprint in fingerprints.Distinct(StringComparer.Ordinal))
            {
                Remove(fingerprint);
                if (bytes > MaxBytes) continue;
                _requests.Add(fingerprint, (request, now, bytes));
                _bytes += bytes;
            }

            while (_requests.Count > MaxCount || _bytes > MaxBytes) Remove(_requests.GetAt(0).Key);
            Forget(now);
        }
    }

    /// <summary>The last request of a group; null when it is gone.</summary>
    public ShadowExchange? Find(string fingerprint)
    {
        lock (_lock)
        {
            Forget(time.GetUtcNow());
            return _requests.TryGetValue(fingerprint, out var kept) ? kept.Exchange : null;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        while (_requests.Count > 0 && _requests.GetAt(0).Value.At <= now - Lifetime) Remove(_requests.GetAt(0).Key);
    }

    private void Remove(string fingerprint)
    {
        if (_requests.Remove(fingerprint, out var kept)) _bytes -= kept.Bytes;
    }

    private static int SizeOf(ShadowExchange exchange)
    {
        const int overhead = 500;
        var headers = exchange.Headers;
        string?[] texts =
        [
            exchange.Path.Value, exchange.NewPath.Value, exchange.Query.Value, headers.Host, headers.UserAgent, headers.Accept, headers.AcceptLanguage,
            headers.AcceptEncoding, headers.Cookie,
        ];
        return overhead + exchange.Body.Length + texts.Sum(text => (text?.Length ?? 0) * sizeof(char));
    }
}
