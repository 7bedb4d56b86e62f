namespace Strangler.Proxy.Shadow.Triage;

/// <summary>
/// The exchanges that stand for a group: the first, the last, the one with the smallest answer, and a fair choice of a few. Which ones depends
/// only on what was seen, not on the order or on which edge has seen it, so that two sets merge to the set of all.
/// </summary>
internal sealed class SampleSet
{
    /// <summary>How many are chosen fairly.</summary>
    public const int Chosen = 5;

    /// <summary>The oldest.</summary>
    public KeptSample? First { get; set; }

    /// <summary>The newest.</summary>
    public KeptSample? Last { get; set; }

    /// <summary>The one with the smallest answer of legacy; the oldest of several.</summary>
    public KeptSample? Smallest { get; set; }

    /// <summary>The fair choice.</summary>
    public List<KeptSample> Some { get; set; } = [];

    public void Add(KeptSample sample)
    {
        if (First is null || Order(sample, First) < 0) First = sample;
        if (Last is null || Order(sample, Last) >= 0) Last = sample;
        if (Smallest is null || (sample.Size, Order(sample, Smallest)).CompareTo((Smallest.Size, 0)) < 0) Smallest = sample;
        var place = Some.FindIndex(kept => kept.Rank >= sample.Rank);
        if (place >= 0 && Some[place].Rank == sample.Rank) return;
        if (place >= 0) Some.Insert(place, sample);
        else if (Some.Count < Chosen) Some.Add(sample);
        if (Some.Count > Chosen) Some.RemoveAt(Chosen);
    }

    public void Merge(SampleSet other)
    {
        foreach (var sample in other.All()) Add(sample);
    }

    /// <summary>Every one once, the newest first.</summary>
    public IEnumerable<KeptSample> All() => Some.Append(First).Append(Smallest).Append(Last)
        .OfType<KeptSample>().DistinctBy(sample => sample.Rank).OrderByDescending(sample => sample.Sample.At);

    private static int Order(KeptSample one, KeptSample other)
    {
        var time = one.Sample.At.CompareTo(other.Sample.At);
        return time != 0 ? time : one.Rank.CompareTo(other.Rank);
    }
}
