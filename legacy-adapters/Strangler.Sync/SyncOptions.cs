using System.ComponentModel.DataAnnotations;

namespace Strangler.Sync;

/// <summary>Limits and names; section <c>Sync</c> of the configuration.</summary>
public sealed class SyncOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Sync";

    /// <summary>The default of <see cref="MaxKeysPerBatch"/>.</summary>
    public const int DefaultMaxKeysPerBatch = 5000;

    /// <summary>The default of <see cref="MaxTransactionsPerBatch"/>.</summary>
    public const int DefaultMaxTransactionsPerBatch = 5000;

    /// <summary>The default of <see cref="QueuedKeys"/>.</summary>
    public const int DefaultQueuedKeys = 50_000;

    /// <summary>The default of <see cref="JournalKeys"/>.</summary>
    public const int DefaultJournalKeys = 2_000_000;

    /// <summary>The default of <see cref="RetainedBytes"/>: 1 GiB.</summary>
    public const long DefaultRetainedBytes = 1L << 30;

    /// <summary>The default of <see cref="TriggerBytes"/>: 256 MiB.</summary>
    public const long DefaultTriggerBytes = 256L << 20;

    /// <summary>The default of <see cref="FillPage"/>.</summary>
    public const int DefaultFillPage = 1000;

    /// <summary>The default of <see cref="FillMaxActive"/>.</summary>
    public const int DefaultFillMaxActive = 20;

    /// <summary>The default of <see cref="ComparePage"/>.</summary>
    public const int DefaultComparePage = 1000;

    /// <summary>The replication slot in the source database: letters, digits and underscores. Default <c>strangler</c>.</summary>
    [Required]
    [RegularExpression("^[a-z0-9_]{1,63}$")]
    public string Slot { get; set; } = "strangler";

    /// <summary>The publication in the source database. Default <c>strangler</c>.</summary>
    [Required]
    public string Publication { get; set; } = "strangler";

    /// <summary>How the sources tell what changes: <c>Logical</c> (default), or <c>Triggers</c> where <c>wal_level = logical</c> is not allowed.</summary>
    public ChangeFeedKind Feed { get; set; }

    /// <summary>
    /// Whether the installation prepares a fence for each capability in its source: lowered triggers that a cutover raises to refuse the application's
    /// writes. Default no.
    /// </summary>
    public bool Fence { get; set; }

    /// <summary>
    /// With triggers, the bytes that their notes may take in a source; beyond it they note nothing, and everything is read again. Install again after
    /// a change. 1 MiB or more, default 256 MiB.
    /// </summary>
    [Range(1L << 20, long.MaxValue)]
    public long TriggerBytes { get; set; } = DefaultTriggerBytes;

    /// <summary>With triggers, how long to rest between two looks at their notes. 1 ms to 10 s, default 25 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromMilliseconds(25);

    /// <summary>No more source transactions go into a target transaction once it has this many aggregates. 1 to 100000, default 5000.</summary>
    [Range(1, 100_000)]
    public int MaxKeysPerBatch { get; set; } = DefaultMaxKeysPerBatch;

    /// <summary>The most source transactions in one target transaction. 1 to 100000, default 5000.</summary>
    [Range(1, 100_000)]
    public int MaxTransactionsPerBatch { get; set; } = DefaultMaxTransactionsPerBatch;

    /// <summary>Parallel writers of a stream; an aggregate always belongs to the same one. 1 to 16, default 2.</summary>
    [Range(1, 16)]
    public int Lanes { get; set; } = 2;

    /// <summary>The most aggregates of a stream read ahead; then the source has to wait. 1000 to 1000000, default 50000.</summary>
    [Range(1000, 1_000_000)]
    public int QueuedKeys { get; set; } = DefaultQueuedKeys;

    /// <summary>
    /// How long a target may be away, or make no room, before its changes are journaled so that the source can forget its log. 1 s to 1 h, default 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan JournalAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The folder of the journals; they hold keys, so it is readable for the adapters only. Default: in the account's own folder.</summary>
    [Required]
    public string JournalFolder { get; set; } =
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "strangler", "sync");

    /// <summary>The most aggregates in a journal; with more, everything is read again when the target is back. 1000 to 100000000, default 2000000.</summary>
    [Range(1000, 100_000_000)]
    public int JournalKeys { get; set; } = DefaultJournalKeys;

    /// <summary>Log that the source may keep for us, in bytes; beyond it what waits is journaled. 16 MiB or more, default 1 GiB.</summary>
    [Range(1L << 24, long.MaxValue)]
    public long RetainedBytes { get; set; } = DefaultRetainedBytes;

    /// <summary>The most connections to a source beside the replication itself and the lead. 2 to 100, default 4.</summary>
    [Range(2, 100)]
    public int SourceConnections { get; set; } = 4;

    /// <summary>The share of the time that a backfill may work, in percent; the rest of it the source is left alone. 1 to 100, default 100.</summary>
    [Range(1, 100)]
    public int FillShare { get; set; } = 100;

    /// <summary>
    /// A backfill waits while more sessions of others than this are at work in the source's database: in a transaction, or running a statement.
    /// 1 to 10000, default 20.
    /// </summary>
    [Range(1, 10_000)]
    public int FillMaxActive { get; set; } = DefaultFillMaxActive;

    /// <summary>Aggregates that a fill brings over at a time. 1 to 100000, default 1000.</summary>
    [Range(1, 100_000)]
    public int FillPage { get; set; } = DefaultFillPage;

    /// <summary>Aggregates that a compare reads at a time; each is one short snapshot of the source. 10 to 100000, default 1000.</summary>
    [Range(10, 100_000)]
    public int ComparePage { get; set; } = DefaultComparePage;

    /// <summary>How long a compare rests after each page, to spare the source. Default none, at most a minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ComparePause { get; set; }

    /// <summary>How long a compare waits for the stream to pass what it has read before it says that it cannot judge. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan CompareSettle { get; set; } = TimeSpan.FromSeconds(10);
}
