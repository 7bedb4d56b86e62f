using Npgsql;

namespace Strangler.Benchmarks.Syncing;

/// <summary>PostgreSQL's own subscription, with synchronous_commit on as ours has it.</summary>
internal sealed class NativeSubscriber : ISubscriber
{
    private SyncPair? _pair;

    /// <inheritdoc/>
    public async Task PrepareAsync(SyncPair pair)
    {
        _pair = pair;
        var source = new NpgsqlConnectionStringBuilder(pair.Source);
        await pair.TargetAsync(
            $"create subscription native connection 'host={source.Host} port={source.Port} dbname={source.Database} user={source.Username} password={source.Password}' "
            + "publication bench with (copy_data = false, enabled = false, create_slot = false, slot_name = native, binary = true, synchronous_commit = on)");
        await SyncPair.ScalarAsync<string>(pair.Source, "select lsn::text from pg_create_logical_replication_slot('native', 'pgoutput')");
    }

    /// <inheritdoc/>
    public Task StartAsync() => _pair!.TargetAsync("alter subscription native enable");

    /// <inheritdoc/>
    public Task StopAsync() => _pair!.TargetAsync("alter subscription native disable");

    /// <inheritdoc/>
    public async Task WaitAsync(ulong position)
    {
        await using var connection = new NpgsqlConnection(_pair!.Source);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select confirmed_flush_lsn from pg_replication_slots where slot_name = 'native'", connection);
        while (((NpgsqlTypes.NpgsqlLogSequenceNumber)(await command.ExecuteScalarAsync())!).CompareTo(new NpgsqlTypes.NpgsqlLogSequenceNumber(position)) < 0)
        {
            await Task.Delay(2);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_pair is not null)
        {
            await _pair.TargetAsync("alter subscription native disable");
            await _pair.TargetAsync("alter subscription native set (slot_name = none)");
            await _pair.TargetAsync("drop subscription native");
            while (!await SyncPair.ScalarAsync<bool>(_pair.Source, "select not active from pg_replication_slots where slot_name = 'native'"))
            {
                await Task.Delay(20);
            }

            await SyncPair.ScalarAsync<bool>(_pair.Source, "select pg_drop_replication_slot('native') is not null");
        }
    }
}
