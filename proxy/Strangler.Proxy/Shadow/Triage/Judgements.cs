using System.Collections.Frozen;
using Strangler.Core.Model;

namespace Strangler.Proxy.Shadow.Triage;

/// <summary>The judgements of the plan in force, by fingerprint.</summary>
/// <param name="inForce">Reads them; the same list as long as they are the same.</param>
internal sealed class Judgements(Func<IReadOnlyList<Judgement>> inForce)
{
    private volatile Index _index = new([]);

    /// <summary>Whether a group was judged.</summary>
    public bool Has(string fingerprint) => Now().ContainsKey(fingerprint);

    /// <summary>The judgement of a group; null for none.</summary>
    public Judgement? Find(string fingerprint) => Now().GetValueOrDefault(fingerprint);

    private FrozenDictionary<string, Judgement> Now()
    {
        var list = inForce();
        if (!ReferenceEquals(_index.List, list)) _index = new Index(list);
        return _index.ByFingerprint;
    }

    private sealed class Index(IReadOnlyList<Judgement> list)
    {
        public IReadOnlyList<Judgement> List => list;

        public FrozenDictionary<string, Judgement> ByFingerprint { get; } =
            list.DistinctBy(judgement => judgement.Fingerprint, StringComparer.Ordinal).ToFrozenDictionary(judgement => judgement.Fingerprint, StringComparer.Ordinal);
    }
}
