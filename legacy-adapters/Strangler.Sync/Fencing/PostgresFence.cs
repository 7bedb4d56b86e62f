using System.Globalization;
using Dapper;
using Npgsql;

namespace Strangler.Sync.Fencing;

/// <summary>
/// The fence of <see cref="FenceSchema"/>. Locks are waited for shortly, as the application's writers wait behind us, and tried for again with longer
/// and longer pauses.
/// </summary>
/// <param name="store">The store, as the role of the adapters.</param>
/// <param name="patience">How long to try before saying who is in the way.</param>
/// <param name="clock">The clock.</param>
internal sealed class PostgresFence(NpgsqlDataSource store, TimeSpan patience, TimeProvider clock) : IFence
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async Task<FenceState> StateAsync(string capability, CancellationToken cancellation)
    {
        const string Sql = $"select raised, epoch from {FenceSchema.Table} where capability = @capability";
        try
        {
            await using var connection = await store.OpenConnectionAsync(cancellation);
            var command = new CommandDefinition(Sql, new { capability }, cancellationToken: cancellation);
            return await connection.QuerySingleOrDefaultAsync<(bool Raised, long Epoch)?>(command) is { } known
                ? new FenceState(known.Raised, known.Epoch)
                : throw new InvalidOperationException(Missing(capability));
        }
        catch (PostgresException e) when (IsMissing(e))
        {
            throw new InvalidOperationException(Missing(capability), e);
        }
    }

    /// <inheritdoc/>
    public Task<FenceOutcome> RaiseAsync(string capability, long epoch, CancellationToken cancellation) => SetAsync(capability, epoch, raised: true, cancellation);

    /// <inheritdoc/>
    public Task<FenceOutcome> LowerAsync(string capability, long epoch, CancellationToken cancellation) => SetAsync(capability, epoch, raised: false, cancellation);

    private async Task<FenceOutcome> SetAsync(string capability, long epoch, bool raised, CancellationToken cancellation)
    {
        var command = new CommandDefinition(
            "select strangler.set_fence(@capability, @epoch, @raised)", new { capability, epoch, raised }, cancellationToken: cancellation);
        await using var connection = await store.OpenConnectionAsync(cancellation);
        var began = clock.GetTimestamp();
        var pause = FirstPause;
        for (var tries = 1; ; tries++)
        {
            try
            {
                await connection.ExecuteAsync(command);
                return FenceOutcome.Done;
            }
            catch (PostgresException e) when (e.SqlState is FenceSchema.WrongEpoch or FenceSchema.NoFence)
            {
                return new FenceOutcome(IsDone: false, e.MessageText);
            }
            catch (PostgresException e) when (IsMissing(e))
            {
                return new FenceOutcome(IsDone: false, Missing(capability));
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
                var tried = clock.GetElapsedTime(began);
                if (tried >= patience)
                {
                    return new FenceOutcome(
                        IsDone: false, string.Create(CultureInfo.InvariantCulture, $"Given up after {tries} tries in {tried.TotalSeconds:0.0} s: {e.MessageText}"));
                }
            }

            await Task.Delay(pause, clock, cancellation);
            pause = pause + pause < LongestPause ? pause + pause : LongestPause;
        }
    }

    private static bool IsMissing(PostgresException e) => e.SqlState is PostgresErrorCodes.InvalidSchemaName
        or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.InsufficientPrivilege;

    private static string Missing(string capability) => $"There is no fence for the capability {capability}: run install with Sync:Fence = true.";
}
