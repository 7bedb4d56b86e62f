using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Strangler.Core.Compare.Causes;

namespace Strangler.Core.Compare;

/// <summary>
/// Tries simple explanations on the differences of one group and says the one that holds: "212 of 212 equal to legacy x 1.19". It keeps
/// counts, bounds and keyed identities, never a value; each difference costs the same however many there were. Not safe to share
/// between threads.
/// </summary>
public sealed class CauseTally
{
    // An explanation that holds for fewer is none.
    private const long MinTenths = 9;
    private const int ChangeBits = 12;
    private const int MaxShown = 20;

    private static readonly JsonSerializerOptions Json = new() { RespectNullableAnnotations = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    private readonly Candidates _shifts;
    private readonly Candidates _deltas;
    private readonly Candidates _sorts;
    private readonly Candidates _wasSorted;
    private readonly RatioCandidates _ratios;
    private readonly ValueMap _map;
    private readonly BitCounts _changes;
    private readonly BitCounts _rounded;
    private readonly BitCounts _cutOff;
    private readonly BitCounts _finer;

    // What is said of the first pair, if it may be shown; it is all there is to say while there is only one pair.
    private string? _shownPair;

    /// <summary>A tally of no differences.</summary>
    public CauseTally()
        : this(new CauseState())
    {
    }

    private CauseTally(CauseState state)
    {
        Count = state.Count;
        _shownPair = state.ShownPair;
        (_shifts, _deltas, _sorts, _wasSorted) = (new(state.Shifts), new(state.Deltas), new(state.Sorts), new(state.WasSorted));
        (_ratios, _map) = (new(state.Ratios), new(state.Map, state.MapIsTooLarge));
        _changes = new(ChangeBits, state.Changes);
        _rounded = new(AmountFeatures.MaxDecimals + 1, state.Rounded);
        _cutOff = new(AmountFeatures.MaxDecimals + 1, state.CutOff);
        _finer = new(AmountFeatures.MaxDecimals + 1, state.Finer);
    }

    /// <summary>Differences added.</summary>
    public long Count { get; private set; }

    /// <summary>
    /// What explains the differences, and how many of them: <c>209 of 212 one hour later</c>. Null when nothing explains nine tenths of
    /// them. A constant factor, distance or shift needs three differences of at least two legacy values.
    /// </summary>
    public string? Sentence
    {
        get
        {
            var best = Claims().MaxBy(claim => claim.Count);
            return best is not null && best.Count * 10 >= Count * MinTenths
                ? string.Create(CultureInfo.InvariantCulture, $"{best.Count} of {Count} {best.Text}")
                : null;
        }
    }

    /// <summary>Counts one difference.</summary>
    public void Add(Difference difference)
    {
        Count++;
        var (legacy, @new) = (IdentityOf(difference.Legacy), IdentityOf(difference.New));
        if (legacy is { } one && @new is { } other) _map.Add(new MappedPair(one, other, 1));
        if (Count == 1 && difference is { Legacy.Text: { Length: <= MaxShown } from, New.Text: { Length: <= MaxShown } to }) _shownPair = $"{from} became {to}";
        if (difference.Derived is not { } derived) return;

        _changes.Add((int)derived.Change);
        if (derived.TimeShift is { } shift && shift != TimeSpan.Zero) _shifts.Add(shift.Ticks.ToString(CultureInfo.InvariantCulture), legacy ?? 0);
        foreach (var field in derived.SortedBy) _sorts.Add(field, 0);
        foreach (var field in derived.WasSortedBy) _wasSorted.Add(field, 0);
        if (derived.Amount is { } amount) Add(amount, legacy ?? 0);
    }

    /// <summary>Counts the differences of another tally too.</summary>
    public void Merge(CauseTally other)
    {
        _shownPair = Count == 0 ? other._shownPair : _shownPair;
        Count += other.Count;
        _shifts.Merge(other._shifts);
        _deltas.Merge(other._deltas);
        _sorts.Merge(other._sorts);
        _wasSorted.Merge(other._wasSorted);
        _ratios.Merge(other._ratios);
        _map.Merge(other._map);
        _changes.Merge(other._changes);
        _rounded.Merge(other._rounded);
        _cutOff.Merge(other._cutOff);
        _finer.Merge(other._finer);
    }

    /// <summary>The whole state as one line of JSON, at most some 8 KB and mostly a tenth of that.</summary>
    public string ToText() => JsonSerializer.Serialize(new CauseState
    {
        Count = Count,
        Changes = _changes.All,
        Rounded = _rounded.All,
        CutOff = _cutOff.All,
        Finer = _finer.All,
        Shifts = _shifts.All,
        Deltas = _deltas.All,
        Sorts = _sorts.All,
        WasSorted = _wasSorted.All,
        Ratios = _ratios.All,
        Map = _map.Pairs,
        ShownPair = _shownPair,
        MapIsTooLarge = _map.IsTooLarge,
    }, Json);

    /// <summary>Reads what <see cref="ToText"/> wrote; false for anything else, another version's text included.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CauseTally? tally)
    {
        tally = null;
        if (text is null) return false;
        try
        {
            if (JsonSerializer.Deserialize<CauseState>(text, Json) is { Version: CauseState.CurrentVersion } state) tally = new CauseTally(state);
        }
        catch (JsonException)
        {
            return false;
        }

        return tally is not null;
    }

    private void Add(AmountChange amount, ulong legacy)
    {
        _rounded.Add(amount.Rounded);
        _cutOff.Add(amount.CutOff);
        _finer.Add(amount.Finer);
        _ratios.Add(amount, legacy);
        if (amount is { Delta: { } delta, DeltaToken: { } token }) _deltas.Add(token, legacy, DecimalText.Of(delta));
    }

    // The most telling first: of two that hold for as many differences the first is said.
    private IEnumerable<Claim> Claims()
    {
        if (_shifts.Leader is { IsProven: true } shift)
            yield return new(shift.Count, ShiftText.Of(new TimeSpan(long.Parse(shift.Key, CultureInfo.InvariantCulture))));
        foreach (var (change, text) in ChangeTexts.Telling) yield return OfChange(change, text);
        var ratio = _ratios.Leader;
        if (ratio is { Exact: { } exact }) yield return new(ratio.Count, $"equal to legacy x {DecimalText.Of(exact)}");
        if (_deltas.Leader is { IsProven: true, Text: { } delta } constant) yield return new(constant.Count, $"equal to legacy {SignedText(delta)}");
        yield return OfDigits(_rounded, "equal to legacy rounded to");
        yield return OfDigits(_cutOff, "equal to legacy cut off after");
        yield return OfDigits(_finer, "finer than legacy, which is rounded to");
        if (ratio is { Exact: null, Factor: { } factor }) yield return new(ratio.Count, $"equal to legacy x {DecimalText.Of(factor)}, rounded");
        foreach (var (change, text) in ChangeTexts.Weak) yield return OfChange(change, text);
        if (_sorts.Leader is { } sort) yield return new(sort.Count, SortText.Of(sort, _wasSorted.Leader is { } was && was.Count == Count ? was : null));
        if (_map.IsProven) yield return new(_map.Count, MapText());
    }

    private Claim OfChange(ChangeClass change, string text) => new(_changes[BitOperations.Log2((uint)change)], text);

    private static Claim OfDigits(BitCounts counts, string text)
    {
        var digits = counts.Leader;
        return new(counts[digits], string.Create(CultureInfo.InvariantCulture, $"{text} {digits} {(digits == 1 ? "decimal" : "decimals")}"));
    }

    private string MapText() => _map.Pairs.Count == 1
        ? (_shownPair is null ? "the same value that became the same other one" : $"the same change, {_shownPair}")
        : string.Create(CultureInfo.InvariantCulture, $"follow one map of {_map.Pairs.Count} values, each to one of its own");

    private static string SignedText(string delta) => delta.StartsWith('-') ? $"- {delta[1..]}" : $"+ {delta}";

    private static ulong? IdentityOf(ValueSummary value) =>
        (value.Token ?? value.Text) is { } text ? (ulong)ValueHash.Of(Encoding.UTF8.GetBytes(text), (byte)'i') : null;
}
