using Strangler.Sync.Mapping;

namespace Strangler.Sync.Streams;

/// <summary>
/// Compares the source's columns with those that a mapping was begun with. A mapped column that is gone or has another type stops only the
/// kind of aggregate that reads it; others, and columns that nobody maps, do not matter.
/// </summary>
internal sealed class DriftWatch(StreamContext stream, StreamInbox inbox)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LookAgainEvery = TimeSpan.FromSeconds(3);

    private readonly Turn _turn = new();

    /// <summary>Runs until cancelled; ends only by an exception.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var last = stream.Runtime.Clock.GetUtcNow();
        while (true)
        {
            var now = stream.Runtime.Clock.GetUtcNow();
            if (inbox.TakeDescribed().Count > 0 || (!stream.Pauses.IsEmpty && now - last > LookAgainEvery))
            {
                last = now;
                await CheckAllAsync(cancellation);
            }

            await Task.Delay(LookEvery, stream.Runtime.Clock, cancellation);
        }
    }

    /// <summary>Looks at all kinds of aggregates.</summary>
    /// <returns>Whether one stands still.</returns>
    public async Task<bool> CheckAllAsync(CancellationToken cancellation)
    {
        using var turn = await _turn.TakeAsync(cancellation);
        foreach (var mapping in stream.Mappings)
        {
            await CheckAsync(mapping, cancellation);
        }

        return !stream.Pauses.IsEmpty;
    }

    /// <summary>What has changed, in one sentence; null when nothing has.</summary>
    /// <param name="before">The columns as they were, each as <c>table.column type</c>.</param>
    /// <param name="now">The columns as they are.</param>
    public static string? Describe(IReadOnlyList<string> before, IReadOnlyList<string> now)
    {
        var types = now.Select(Split).ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal);
        var changes = before.Select(Split)
            .Where(column => types.GetValueOrDefault(column.Name) != column.Type)
            .Select(column => types.TryGetValue(column.Name, out var type)
                ? $"{column.Name} is {type}, it was {column.Type}"
                : $"{column.Name} is gone, it was {column.Type}")
            .ToList();
        return changes.Count == 0 ? null : string.Join("; ", changes);

        static (string Name, string Type) Split(string column) => column.Split(' ', 2) is [var name, var type] ? (name, type) : (column, "");
    }

    private async Task CheckAsync(AggregateMapping mapping, CancellationToken cancellation)
    {
        var ledger = stream.Target.Ledger;
        var now = await stream.Reader.ColumnsAsync(mapping, cancellation);
        if (await ledger.FingerprintAsync(mapping, cancellation) is not { } before)
        {
            var mapped = mapping.Sources.SelectMany(table => table.Columns.Select(column => $"{table.Name.Name}.{column.Name}"));
            var missing = mapped.Where(name => !now.Any(column => column.StartsWith(name + " ", StringComparison.Ordinal))).ToList();
            if (missing.Count == 0)
            {
                await ledger.SetFingerprintAsync(mapping, now, cancellation);
                await ResumeAsync(mapping, cancellation);
            }
            else
            {
                Pause(mapping, $"{string.Join(", ", missing)} is not there");
            }
        }
        else if (Describe(before, now) is { } change)
        {
            Pause(mapping, change);
        }
        else
        {
            await ResumeAsync(mapping, cancellation);
        }
    }

    private void Pause(AggregateMapping mapping, string change)
    {
        var reason = $"{change}: put it back, or change the mapping and raise its version";
        if (stream.Pauses.Add(mapping.Entity, reason))
        {
            stream.Runtime.Log.EntityPaused(stream.Name, mapping.Entity, reason);
        }
    }

    private async Task ResumeAsync(AggregateMapping mapping, CancellationToken cancellation)
    {
        if (stream.Pauses.Contains(mapping.Entity))
        {
            stream.Pauses.Remove(mapping.Entity);
            stream.Runtime.Log.EntityResumed(stream.Name, mapping.Entity);
        }

        await stream.Target.Ledger.ReleaseAsync(mapping.Entity, cancellation);
    }
}
