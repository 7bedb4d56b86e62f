using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.Sync.Applying;

/// <summary>
/// Brings every aggregate over, page by page, through the same path as live changes: first all keys of the source, then those keys of the
/// target that the source does not have any more.
/// </summary>
internal sealed class Fill(IReadOnlyList<AggregateMapping> mappings, IAggregateReader reader, ITargetWriter writer, int pageSize)
{
    // Only keys are compared, and few are missing.
    private const int PagesAtOnceWhenLookingForVanished = 10;

    private readonly Dictionary<string, FillProgress> _progress = new(StringComparer.Ordinal);
    private ulong? _horizon;
    private bool _visible;

    /// <summary>Whether there is still something to bring over.</summary>
    public bool IsActive => _progress.Values.Any(fill => fill.Phase != FillPhase.Done);

    /// <summary>Aggregates brought over.</summary>
    public long Filled => _progress.Values.Sum(fill => fill.Filled);

    /// <summary>About how many there are.</summary>
    public long ToFill => _progress.Values.Sum(fill => fill.ToFill);

    /// <summary>Takes over what has been done so far.</summary>
    public void Resume(IEnumerable<FillProgress> fills)
    {
        foreach (var fill in fills)
        {
            _progress[fill.Entity] = fill;
        }
    }

    /// <summary>Begins the fill of a kind of aggregate anew.</summary>
    public FillProgress Restart(string entity) => FillProgress.Begin(entity, Mapping(entity).Version, _progress[entity].ToFill);

    /// <summary>Adds the next page to a batch, unless the batch begins a fill anew or a snapshot could still miss something.</summary>
    public async Task AddPageAsync(Batch batch, CancellationToken cancellation)
    {
        if (batch.Fills.Count > 0
            || _progress.Values.FirstOrDefault(fill => fill.Phase != FillPhase.Done) is not { } fill
            || !await SeesAllBeforeSlotAsync(cancellation))
        {
            return;
        }

        var mapping = Mapping(fill.Entity);
        if (fill.Phase == FillPhase.Keys)
        {
            var page = await reader.KeysAsync(mapping, fill.LastKey, pageSize, cancellation);
            var filled = fill.Filled + page.Count;
            batch.Add(
                page.Count < pageSize
                    ? fill with { Phase = FillPhase.Vanished, LastKey = null, Filled = filled, ToFill = filled }
                    : fill with { LastKey = page[^1], Filled = filled },
                page);
        }
        else
        {
            var page = await writer.KeysAsync(mapping, fill.LastKey, pageSize * PagesAtOnceWhenLookingForVanished, cancellation);
            var missing = page.Count == 0 ? [] : await reader.MissingAsync(mapping, page, cancellation);
            batch.Add(page.Count < pageSize * PagesAtOnceWhenLookingForVanished ? fill with { Phase = FillPhase.Done } : fill with { LastKey = page[^1] }, missing);
        }
    }

    /// <summary>
    /// A transaction that committed before the slot was made is not in its stream; one that no snapshot shows yet would be missed by
    /// both. So the fill waits until all that ran when it began have ended.
    /// </summary>
    private async Task<bool> SeesAllBeforeSlotAsync(CancellationToken cancellation)
    {
        if (!_visible)
        {
            var snapshot = await reader.SnapshotAsync(cancellation);
            _horizon ??= snapshot.Xmax;
            _visible = snapshot.Xmin >= _horizon;
        }

        return _visible;
    }

    private AggregateMapping Mapping(string entity) => mappings.First(mapping => mapping.Entity == entity);
}
