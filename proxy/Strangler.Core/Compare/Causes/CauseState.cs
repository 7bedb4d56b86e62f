using System.Text.Json.Serialization;

namespace Strangler.Core.Compare.Causes;

/// <summary>A tally as it is written: short names, because there is one for every group.</summary>
internal sealed record CauseState
{
    public const int CurrentVersion = 1;

    [JsonPropertyName("v")]
    public int Version { get; init; } = CurrentVersion;

    [JsonPropertyName("n")]
    public long Count { get; init; }

    [JsonPropertyName("changes")]
    public long[] Changes { get; init; } = [];

    [JsonPropertyName("round")]
    public long[] Rounded { get; init; } = [];

    [JsonPropertyName("cut")]
    public long[] CutOff { get; init; } = [];

    [JsonPropertyName("finer")]
    public long[] Finer { get; init; } = [];

    [JsonPropertyName("shifts")]
    public IReadOnlyList<Candidate> Shifts { get; init; } = [];

    [JsonPropertyName("deltas")]
    public IReadOnlyList<Candidate> Deltas { get; init; } = [];

    [JsonPropertyName("sorts")]
    public IReadOnlyList<Candidate> Sorts { get; init; } = [];

    [JsonPropertyName("sorted")]
    public IReadOnlyList<Candidate> WasSorted { get; init; } = [];

    [JsonPropertyName("ratios")]
    public IReadOnlyList<RatioCandidate> Ratios { get; init; } = [];

    [JsonPropertyName("map")]
    public IReadOnlyList<MappedPair> Map { get; init; } = [];

    [JsonPropertyName("pair")]
    public string? ShownPair { get; init; }

    [JsonPropertyName("nomap")]
    public bool MapIsTooLarge { get; init; }
}
