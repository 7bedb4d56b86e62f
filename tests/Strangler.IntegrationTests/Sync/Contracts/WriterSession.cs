using Shouldly;
using Strangler.Sync.Streams;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>A target in PostgreSQL that is installed, and the processes that write it.</summary>
internal sealed class WriterSession : IAsyncDisposable
{
    private readonly AdapterHost _adapters;
    private readonly List<TargetPorts> _open = [];

    private WriterSession(SyncLab lab)
    {
        Lab = lab;
        _adapters = AdapterHost.Build(lab.Settings, WriterMapping.Current);
    }

    /// <summary>The stores.</summary>
    public SyncLab Lab { get; }

    /// <summary>Installs a target.</summary>
    public static async Task<WriterSession> OpenAsync(SyncLab lab)
    {
        await lab.SourceAsync(WriterMapping.SourceSchema);
        await lab.TargetAsync(WriterMapping.TargetSchema);
        var session = new WriterSession(lab);
        var (code, output) = await session._adapters.InstallAsync();
        code.ShouldBe(0, output);
        return session;
    }

    /// <summary>The ports as one more process has them.</summary>
    public TargetPorts Open()
    {
        _open.Add(_adapters.TargetPorts());
        return _open[^1];
    }

    /// <summary>The rows of the target, as text.</summary>
    public async Task<string> RowsAsync() =>
        await Lab.TargetValueAsync<string>("""select string_agg(name || ' ' || amount, ', ' order by name collate "C") from catalog.amounts""") ?? "";

    /// <summary>Returns when a writer waits for somebody's lock.</summary>
    public Task WaitsForLockAsync() => Eventually.TrueAsync("a writer waits for a lock", async () => await WaitingAsync("pid") == 1);

    /// <summary>Ends the session that waits for a lock.</summary>
    public Task TerminateWaitingAsync() =>
        Eventually.TrueAsync("a waiting writer is ended", async () => await WaitingAsync("pg_terminate_backend(pid) or null") == 1);

    public async ValueTask DisposeAsync()
    {
        foreach (var ports in _open)
        {
            await ports.Writer.DisposeAsync();
        }

        await _adapters.DisposeAsync();
        await Lab.DisposeAsync();
    }

    private Task<long> WaitingAsync(string what) => Lab.TargetValueAsync<long>(
        $"select count({what}) from pg_stat_activity where datname = current_database() and usename = 'strangler_writer' and wait_event_type = 'Lock'");
}
