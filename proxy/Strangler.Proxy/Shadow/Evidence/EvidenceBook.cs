using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Strangler.Core.Compare;
using Strangler.Core.Evidence;

namespace Strangler.Proxy.Shadow.Evidence;

/// <summary>
/// What the gates know of the answers, by capability and by builds and rules. It is written to once an exchange is settled, off the request path. A new build or
/// other rules begin anew; the last few are kept, because a rollout answers with two builds in turn. What other edges have seen is added when it is read.
/// </summary>
internal sealed class EvidenceBook(TimeProvider time)
{
    private const int KeysKept = 4;

    // Nobody outside can make two requests look like one.
    private readonly long _seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
    private readonly ConcurrentDictionary<string, List<KeyedEvidence>> _capabilities = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _changed = new(StringComparer.Ordinal);
    private volatile IReadOnlyList<EvidenceDocument> _others = [];

    /// <summary>Counts one settled exchange.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="key">Builds and rules it was compared under.</param>
    /// <param name="settlement">What came of it.</param>
    /// <param name="comparison">Legacy's first answer and the new side's.</param>
    /// <param name="control">Legacy's first answer and its second; null when it was not asked twice.</param>
    public void Count(ShadowExchange exchange, EvidenceKey key, Settlement settlement, Comparison comparison, Comparison? control)
    {
        var request = Hash(exchange);
        var now = time.GetUtcNow();
        var keys = _capabilities.GetOrAdd(exchange.Capability, static _ => []);
        lock (keys) Latest(keys, key).Count(request, exchange.Operation, settlement, comparison, control, now);
        _changed[exchange.Capability] = true;
    }

    /// <summary>What is known of a capability, on all edges, under the compare rules in force and the builds that answered last.</summary>
    /// <param name="capability">Name of the capability.</param>
    /// <param name="rules">Version of its compare rules.</param>
    public MismatchEvidence Read(string capability, string rules)
    {
        var shares = Own(capability)
            .Concat(_others.Where(document => string.Equals(document.Capability, capability, StringComparison.Ordinal)).SelectMany(document => document.Read()))
            .Where(share => string.Equals(share.Key.Rules, rules, StringComparison.Ordinal))
            .ToList();
        if (shares.MaxBy(share => share.LastCounted) is not { Key: var key }) return MismatchEvidence.None;
        return MismatchMerge.Of([.. shares.Where(share => share.Key == key).Select(share => share.Evidence)]);
    }

    /// <summary>What this edge has seen of the capabilities that have changed since the last call, for the other edges.</summary>
    public IReadOnlyList<EvidenceDocument> TakeChanged() =>
        [.. _changed.Keys.Where(capability => _changed.TryRemove(capability, out _)).Select(capability => EvidenceDocument.Of(capability, Own(capability)))];

    /// <summary>Puts in place what the other edges have seen within the last hour.</summary>
    public void PutOthers(IReadOnlyList<EvidenceDocument> documents) => _others = documents;

    // The latest first: of two within the same moment it is the one in force.
    private List<EvidenceShare> Own(string capability)
    {
        if (!_capabilities.TryGetValue(capability, out var keys)) return [];
        lock (keys) return [.. keys.AsEnumerable().Reverse().Select(evidence => evidence.Share(time.GetUtcNow()))];
    }

    private static KeyedEvidence Latest(List<KeyedEvidence> keys, EvidenceKey key)
    {
        // An answer that names no build, such as one that never came, is the last known build's.
        if (keys is [.., var last])
        {
            key = key with
            {
                LegacyBuild = key.LegacyBuild.Length == 0 ? last.Key.LegacyBuild : key.LegacyBuild,
                NewBuild = key.NewBuild.Length == 0 ? last.Key.NewBuild : key.NewBuild,
            };
        }

        var index = keys.FindIndex(evidence => evidence.Key == key);
        if (index >= 0 && index == keys.Count - 1) return keys[index];
        var evidence = index < 0 ? new KeyedEvidence(key) : keys[index];
        if (index >= 0) keys.RemoveAt(index);
        else if (keys.Count == KeysKept) keys.RemoveAt(0);
        keys.Add(evidence);
        return evidence;
    }

    // Each part is hashed with the hash of those before it as the seed, so that no two lists of parts run into each other.
    private ulong Hash(ShadowExchange exchange) =>
        Hash(exchange.Headers.Cookie, Hash(exchange.Query.Value, Hash(exchange.Path.Value, Hash(exchange.Operation, (ulong)_seed))));

    private static ulong Hash(string? text, ulong seed) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()), (long)seed);
}
