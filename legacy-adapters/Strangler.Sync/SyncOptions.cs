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

    /// <summary>The default of <see cref="QueuedTransactions"/>.</summary>
    public const int DefaultQueuedTransactions = 1000;

    /// <summary>The default of <see cref="FillPage"/>.</summary>
    public const int DefaultFillPage = 1000;

    /// <summary>The default of <see cref="ComparePage"/>.</summary>
    public const int DefaultComparePage = 1000;

    /// <summary>The replication slot in the source database: letters, digits and underscores. Default <c>strangler</c>.</summary>
    [Required]
    [RegularExpression("^[a-z0-9_]{1,63}$")]
    public string Slot { get; set; } = "strangler";

    /// <summary>The publication in the source database. Default <c>strangler</c>.</summary>
    [Required]
    public string Publication { get; set; } = "strangler";

    /// <summary>No more source transactions go into a target transaction once it has this many aggregates. 1 to 100000, default 5000.</summary>
    [Range(1, 100_000)]
    public int MaxKeysPerBatch { get; set; } = DefaultMaxKeysPerBatch;

    /// <summary>The most source transactions in one target transaction. 1 to 100000, default 5000.</summary>
    [Range(1, 100_000)]
    public int MaxTransactionsPerBatch { get; set; } = DefaultMaxTransactionsPerBatch;

    /// <summary>The most source transactions read ahead; then the source has to wait. 1 to 100000, default 1000.</summary>
    [Range(1, 100_000)]
    public int QueuedTransactions { get; set; } = DefaultQueuedTransactions;

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
