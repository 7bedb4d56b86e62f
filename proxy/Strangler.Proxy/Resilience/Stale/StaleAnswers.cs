using System.Collections.Concurrent;
using Microsoft.Extensions.Primitives;

namespace Strangler.Proxy.Resilience.Stale;

/// <summary>
/// The last good answers, in bounded memory: when there is no room, what was refreshed longest ago goes. Reading takes no lock and allocates nothing.
/// </summary>
internal sealed class StaleAnswers(StaleOptions options)
{
    // The objects around it: an empty answer is not free.
    private const long Overhead = 1024;

    private readonly ConcurrentDictionary<StaleKey, StaleAnswer[]> _answers = new();
    private readonly LinkedList<StaleKey> _byAge = [];
    private readonly Dictionary<StaleKey, LinkedListNode<StaleKey>> _nodes = [];
    private readonly Lock _lock = new();
    private long _bytes;

    /// <summary>Bytes of all that is kept: bodies, headers, and the addresses that were asked.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The answers of an address, one for each variant; empty for none.</summary>
    public StaleAnswer[] Find(in StaleKey key) => _answers.GetValueOrDefault(key) ?? [];

    /// <summary>Keeps an answer in the place of the one of its variant.</summary>
    public void Put(in StaleKey key, StaleAnswer answer)
    {
        lock (_lock)
        {
            var before = Find(key);
            StaleAnswer[] after = [answer, .. before.Where(other => !AreSame(other, answer)).Take(options.VariantLimit - 1)];
            _answers[key] = after;
            Interlocked.Add(ref _bytes, Size(key, after) - Size(key, before));
            if (_nodes.Remove(key, out var node)) _byAge.Remove(node);
            _nodes[key] = _byAge.AddLast(key);
            while (_bytes > options.MemoryLimit && _byAge.First is { } oldest) Forget(oldest);
        }
    }

    private void Forget(LinkedListNode<StaleKey> node)
    {
        _byAge.Remove(node);
        _nodes.Remove(node.Value);
        if (_answers.TryRemove(node.Value, out var gone)) Interlocked.Add(ref _bytes, -Size(node.Value, gone));
    }

    private static bool AreSame(StaleAnswer one, StaleAnswer other) => one.Varies.SequenceEqual(other.Varies);

    // Long addresses cost more than short answers, and whoever asks makes them.
    private static long Size(in StaleKey key, StaleAnswer[] answers) =>
        answers.Length == 0 ? 0 : key.Size + answers.Sum(answer => Overhead + answer.Body.Length + Size(answer.Headers) + Size(answer.Varies));

    private static long Size(IReadOnlyList<KeyValuePair<string, StringValues>> headers) =>
        headers.Sum(header => sizeof(char) * header.Value.Sum(value => (long)(value?.Length ?? 0)));
}
