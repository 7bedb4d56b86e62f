using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Database;

/// <summary>
/// Brings the schema up to date in the background, trying until it works: a service whose database is away starts all the
/// same, and <c>/readyz</c> says why it cannot serve yet.
/// </summary>
/// <param name="schema">What to apply.</param>
/// <param name="time">Measures the pauses between two tries.</param>
/// <param name="logger">Hears each new reason once.</param>
internal sealed class MigrationService(SchemaVersion schema, TimeProvider time, ILogger<MigrationService> logger)
    : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var reason = "";
        for (var pause = FirstPause; !await TryUpgradeAsync(); pause = Min(2 * pause, LongestPause))
        {
            await Task.Delay(pause, time, stoppingToken);
        }

        async Task<bool> TryUpgradeAsync()
        {
            try
            {
                foreach (var name in await schema.UpgradeAsync(stoppingToken))
                {
                    Log.MigrationApplied(logger, name);
                }

                Log.MigrationsDone(logger);
                return true;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                if (failure.Message != reason)
                {
                    reason = failure.Message;
                    Log.MigrationsWait(logger, reason);
                }

                return false;
            }
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
