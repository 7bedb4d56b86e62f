using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace ServiceDefaults.Database;

/// <summary>Ready when the database answers and has every migration. Logs when that changes, not at each probe.</summary>
/// <param name="schema">The database and what it must have.</param>
/// <param name="logger">Hears the changes.</param>
internal sealed class DatabaseCheck(SchemaVersion schema, ILogger<DatabaseCheck> logger) : IHealthCheck
{
    private string? _lastReason = "";

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var reason = await ReasonAsync(cancellationToken);
        if (Interlocked.Exchange(ref _lastReason, reason) != reason)
        {
            if (reason is null)
            {
                Log.Ready(logger);
            }
            else
            {
                Log.NotReady(logger, reason);
            }
        }

        return reason is null ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(reason);
    }

    private async Task<string?> ReasonAsync(CancellationToken cancellation)
    {
        try
        {
            var missing = await schema.MissingAsync(cancellation);
            return missing.Count == 0 ? null : $"Migrations are not applied yet: {string.Join(", ", missing)}.";
        }
        catch (Exception failure) when (DatabaseFailures.IsUnavailable(failure))
        {
            return $"The database is not available: {failure.Message}";
        }
    }
}
