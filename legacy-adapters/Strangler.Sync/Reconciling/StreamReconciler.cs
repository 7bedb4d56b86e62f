using Npgsql;
using Strangler.Core.Adapters;
using Strangler.Sync.Mapping;
using Strangler.Sync.Streams;

namespace Strangler.Sync.Reconciling;

/// <summary>Compares and repairs one stream; one thing at a time.</summary>
internal sealed class StreamReconciler : IAsyncDisposable
{
    /// <summary>Ranges count as unchanged no longer than this; then all are read again.</summary>
    public static readonly TimeSpan SweepEvery = TimeSpan.FromHours(24);

    private const int MaxKept = 20;
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlDataSource _target;
    private readonly NpgsqlDataSource _writer;
    private readonly StreamWatermark _watermark;
    private readonly Func<CancellationToken, Task<AlignedSnapshots>> _align;
    private readonly SyncOptions _options;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly List<CompareJob> _compares = [];
    private readonly List<RepairJob> _repairs = [];
    private Task _running = Task.CompletedTask;
    private CancellationTokenSource? _current;

    /// <summary>Nothing is opened yet.</summary>
    /// <param name="definition">The stream.</param>
    /// <param name="source">Connection string of its source.</param>
    /// <param name="target">Connection string of its target.</param>
    /// <param name="watermark">Its watermark.</param>
    /// <param name="align">Brings both stores to one state for a moment.</param>
    /// <param name="buckets">The ranges, which the engine marks.</param>
    /// <param name="options">The limits.</param>
    /// <param name="clock">The clock.</param>
    public StreamReconciler(
        StreamDefinition definition, string source, string target, StreamWatermark watermark, Func<CancellationToken, Task<AlignedSnapshots>> align,
        BucketMap buckets, SyncOptions options, TimeProvider clock)
    {
        Definition = definition;
        Buckets = buckets;
        _source = NpgsqlDataSource.Create(StoreConnection.Compare(source));
        _target = NpgsqlDataSource.Create(StoreConnection.Compare(target));
        _writer = NpgsqlDataSource.Create(StoreConnection.Target(target));
        _watermark = watermark;
        _align = align;
        _options = options;
        _clock = clock;
        Tables = new ReconTables(_writer, definition.Name);
        Waiting = new WaitingKeys(_writer, definition.Name);
    }

    /// <summary>The stream.</summary>
    public StreamDefinition Definition { get; }

    /// <summary>The ranges, which the engine marks.</summary>
    public BucketMap Buckets { get; }

    /// <summary>Runs and findings.</summary>
    public ReconTables Tables { get; }

    /// <summary>Keys that wait or fail.</summary>
    public WaitingKeys Waiting { get; }

    /// <summary>A comparison of this process; null when it is not known.</summary>
    public CompareRun? Compare(long id)
    {
        lock (_gate)
        {
            return _compares.Find(job => job.Id == id)?.Report();
        }
    }

    /// <summary>A repair of this process; null when it is not known.</summary>
    public RepairRun? Repair(long id)
    {
        lock (_gate)
        {
            return _repairs.Find(job => job.Id == id)?.Report();
        }
    }

    /// <summary>Starts a comparison.</summary>
    /// <exception cref="ReconcileRefusedException">Something is running, or the stream does not follow.</exception>
    public async Task<CompareRun> StartCompareAsync(CompareRequest request, CancellationToken cancellation)
    {
        RequireWatermark();
        var changed = request is { Full: false, Exact: false } && Buckets.IsFed
            && Definition.Mappings.Any(mapping => Buckets.Of(mapping.Entity).SweptAt > _clock.GetUtcNow() - SweepEvery);
        return await StartAsync(
            async () =>
            {
                var mode = request.Exact ? "exact" : changed ? "changed" : "full";
                var job = new CompareJob(await Tables.BeginAsync(mode, request.Actor ?? "", cancellation), Definition.Name, mode, _clock);
                Keep(_compares, job);
                return (job.Report(), (Func<CancellationToken, Task>)(token => CompareAsync(job, request.Exact ? CompareExactlyAsync(job, token) : CompareWhileRunningAsync(job, changed, token), token)));
            });
    }

    /// <summary>Plans a repair; unless it is a dry run, starts it.</summary>
    /// <exception cref="ReconcileRefusedException">There is nothing to go by, or it would be too much.</exception>
    public async Task<RepairRun> StartRepairAsync(RepairRequest request, CancellationToken cancellation)
    {
        var job = await RepairJob.PlanAsync(Definition.Name, Tables, request, cancellation);
        if (request.DryRun)
        {
            return job.Report();
        }

        RequireWatermark();
        return await StartAsync(() =>
        {
            Keep(_repairs, job);
            job.Begin(_clock.GetUtcNow().ToUnixTimeMilliseconds());
            return Task.FromResult((job.Report(), (Func<CancellationToken, Task>)(token => RepairAsync(job, request, token))));
        });
    }

    /// <summary>Stops what is running.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            return _current?.CancelSafelyAsync() ?? Task.CompletedTask;
        }
    }

    /// <summary>Stops what is running, and leaves no connection to the source.</summary>
    public async Task ReleaseSourceAsync()
    {
        await StopAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _source.Clear();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelSafelyAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _source.DisposeAsync();
        await _target.DisposeAsync();
        await _writer.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task<T> StartAsync<T>(Func<Task<(T Report, Func<CancellationToken, Task> Work)>> begin)
    {
        Task last;
        lock (_gate)
        {
            last = _running;
        }

        // One that has said its end is about to be over.
        await Task.WhenAny(last, Task.Delay(Grace, _clock));
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (!_running.IsCompleted)
            {
                throw new ReconcileRefusedException($"A comparison or repair of {Definition.Name} is running: wait for its end, or stop it.");
            }

            _running = started.Task;
        }

        try
        {
            var (report, work) = await begin();
            var stop = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            lock (_gate)
            {
                _current = stop;
                _running = Task.Run(() => work(stop.Token), CancellationToken.None);
            }

            return report;
        }
        finally
        {
            // When it did not begin, the next one may.
            started.SetResult();
        }
    }

    private void Keep<T>(List<T> jobs, T job)
    {
        lock (_gate)
        {
            jobs.Add(job);
            if (jobs.Count > MaxKept)
            {
                jobs.RemoveAt(0);
            }
        }
    }

    private void RequireWatermark()
    {
        if (_watermark.Current is null)
        {
            throw new ReconcileRefusedException(
                $"{Definition.Name} has no watermark, as it is filling, stopped or paused, so nothing could be judged: see strangler sync status and try again when it follows.");
        }
    }

    private async Task CompareAsync(CompareJob job, Task comparison, CancellationToken cancellation)
    {
        try
        {
            await comparison;
            await EndAsync(job, "finished");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await EndAsync(job, "stopped");
        }
        catch (Exception e)
        {
            await EndAsync(job, "failed", e.Message);
        }
    }

    private async Task CompareWhileRunningAsync(CompareJob job, bool changed, CancellationToken cancellation)
    {
        foreach (var mapping in Definition.Mappings)
        {
            var buckets = Buckets.Of(mapping.Entity);
            var previous = changed && buckets.CanLocate && buckets.SweptAt > _clock.GetUtcNow() - SweepEvery ? buckets.Current : null;
            var sides = await SidesAsync(mapping, cancellation);
            job.Expect(previous is null ? await sides.Source.CountAsync(cancellation) : previous.Where(bucket => bucket.IsDirty).Sum(bucket => bucket.Count));
            await Comparer(sides, buckets, job).RunAsync(previous, aligned: null, cancellation);
        }
    }

    private async Task CompareExactlyAsync(CompareJob job, CancellationToken cancellation)
    {
        await using var instant = await AlignedReaders.TakeAsync(_align, _source, _target, cancellation);
        foreach (var mapping in Definition.Mappings)
        {
            var sides = await BothSides.OpenAsync(mapping, instant.Source, instant.Target, cancellation);
            job.Expect(await sides.Source.CountAsync(cancellation));
            // Ranges of its own: those that the engine marks would miss what it has written since that instant.
            await Comparer(sides, new BucketList(mapping.KeyType), job).RunAsync(previous: null, instant.Target, cancellation);
        }
    }

    private EntityComparer Comparer(BothSides sides, BucketList buckets, CompareJob job) => new(
        sides, new Settler(sides, _watermark, Tables, _options, job), new StrayFinder(sides, _watermark, Tables, _options, job), buckets, _options, job, _clock);

    /// <summary>Keeps what was found, and only then says that it has ended: a repair goes by what was kept.</summary>
    private async Task EndAsync(CompareJob job, string how, string? reason = null)
    {
        try
        {
            await Tables.EndAsync(job.Report(how), job.Items, _stopping.Token);
            job.End(how, reason);
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
        {
            job.End("failed", reason ?? $"What was found could not be kept: {e.Message}");
        }
    }

    private async Task RepairAsync(RepairJob job, RepairRequest request, CancellationToken cancellation)
    {
        try
        {
            var repairer = new Repairer(Definition, SidesAsync, _writer, Tables, _watermark, _options, _clock);
            await repairer.RunAsync(job, request, cancellation);
            job.End("finished");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            job.End("stopped");
        }
        catch (Exception e)
        {
            job.End("failed", e.Message);
        }
    }

    private Task<BothSides> SidesAsync(AggregateMapping mapping, CancellationToken cancellation) =>
        BothSides.OpenAsync(mapping, new SnapshotReader(_source), new SnapshotReader(_target), cancellation);
}
