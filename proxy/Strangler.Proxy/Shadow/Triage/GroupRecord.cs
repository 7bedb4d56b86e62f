using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using Strangler.Core.Admin;
using Strangler.Core.Compare;

namespace Strangler.Proxy.Shadow.Triage;

/// <summary>
/// All differences of one fingerprint: how many exchanges had it, and a few of them. Two records of one group, from two edges or two times,
/// merge to the record of both. Not safe for threads.
/// </summary>
internal sealed class GroupRecord
{
    public required string Capability { get; init; }

    public required string Fingerprint { get; init; }

    public required string Operation { get; init; }

    public required string Kind { get; init; }

    public required string Path { get; init; }

    public required string Severity { get; init; }

    public long Different { get; set; }

    public long Stale { get; set; }

    public long Undetermined { get; set; }

    /// <summary>Exchanges of which it was only noted.</summary>
    public long Noted { get; set; }

    public DateTimeOffset FirstSeen { get; set; }

    public DateTimeOffset LastSeen { get; set; }

    /// <summary>The build in which it was seen first; empty when it was not known.</summary>
    public string FirstBuild { get; set; } = "";

    /// <summary>The builds in which it was seen and counted, the last seen first.</summary>
    public List<BuildSeen> Builds { get; set; } = [];

    [JsonIgnore]
    public DistinctSketch Requests { get; private set; } = new();

    [JsonIgnore]
    public DistinctSketch Principals { get; private set; } = new();

    [JsonPropertyName("requests")]
    public string RequestsText
    {
        get => Requests.Write();
        set => Requests = DistinctSketch.Read(value);
    }

    [JsonPropertyName("principals")]
    public string PrincipalsText
    {
        get => Principals.Write();
        set => Principals = DistinctSketch.Read(value);
    }

    [JsonIgnore]
    public CauseTally Cause { get; private set; } = new();

    [JsonPropertyName("cause")]
    public string CauseText
    {
        get => Cause.ToText();
        set => Cause = CauseTally.TryParse(value, out var cause) ? cause : new CauseTally();
    }

    public SampleSet Samples { get; set; } = new();

    /// <summary>Exchanges of any outcome.</summary>
    [JsonIgnore]
    public long Total => Different + Stale + Undetermined + Noted;

    /// <summary>The empty group of a difference.</summary>
    public static GroupRecord Of(DifferenceRecord record, string fingerprint) => new()
    {
        Capability = record.Capability,
        Fingerprint = fingerprint,
        Operation = record.Operation,
        Kind = record.Difference.Kind.Name(),
        Path = record.Difference.Path,
        Severity = record.Difference.Kind.IsNote() ? "note" : record.Difference.Severity.ToString().ToLowerInvariant(),
        FirstSeen = record.At,
        LastSeen = record.At,
        FirstBuild = record.Build,
    };

    /// <summary>Counts an exchange.</summary>
    public void Add(DifferenceRecord record)
    {
        Count(record);
        Explain(record);
        if (record.At < FirstSeen) (FirstSeen, FirstBuild) = (record.At, record.Build);
        if (record.At > LastSeen) LastSeen = record.At;
        if (record.Counts) Builds = BuildSeen.Merge(Builds, [new BuildSeen(record.Build, record.At, record.At)]);
        Requests.Add(record.RequestToken);
        Principals.Add(record.PrincipalToken);
        var rank = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(record.Exchange.AsSpan()));
        Samples.Add(new KeptSample(SampleOf(record), record.Size, rank, record.Difference));
    }

    /// <summary>Looks for what the values have in common; several differences of one exchange may be in one group.</summary>
    public void Explain(DifferenceRecord record)
    {
        if (record.Counts) Cause.Add(record.Difference);
    }

    /// <summary>Adds everything of another record of the same group.</summary>
    /// <returns>This record.</returns>
    public GroupRecord Merge(GroupRecord other)
    {
        Different += other.Different;
        Stale += other.Stale;
        Undetermined += other.Undetermined;
        Noted += other.Noted;
        if (other.FirstSeen < FirstSeen) (FirstSeen, FirstBuild) = (other.FirstSeen, other.FirstBuild);
        if (other.LastSeen > LastSeen) LastSeen = other.LastSeen;
        Builds = BuildSeen.Merge(Builds, other.Builds);
        Requests.Merge(other.Requests);
        Principals.Merge(other.Principals);
        Cause.Merge(other.Cause);
        Samples.Merge(other.Samples);
        return this;
    }

    private void Count(DifferenceRecord record)
    {
        if (record.Difference.Kind.IsNote()) Noted++;
        else if (record.Settlement.Outcome == Outcome.Different) Different++;
        else if (record.Settlement.Outcome == Outcome.Stale) Stale++;
        else Undetermined++;
    }

    private static DifferenceSample SampleOf(DifferenceRecord record)
    {
        var difference = record.Difference;
        var space = record.Operation.IndexOf(' ', StringComparison.Ordinal);
        return new DifferenceSample(
            record.Exchange,
            record.At,
            record.Operation[..space],
            $"{record.Operation[(space + 1)..]} #{record.PathToken}",
            record.LegacyStatus,
            record.NewStatus,
            difference.Legacy.TextOrNull,
            difference.New.TextOrNull,
            record.Plan,
            difference.ConcretePath,
            record.Build,
            record.Size);
    }
}
