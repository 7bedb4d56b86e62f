using Dapper;
using Strangler.Sync.Fencing;

namespace Strangler.IntegrationTests.Sync.Contracts;

/// <summary>The fence that one would write first, and that does not hold: a trigger that looks at a row which says who owns the data.</summary>
internal sealed class FlagRowFence(FenceLab lab) : IFence
{
    /// <summary>Installs it.</summary>
    public static async Task<FlagRowFence> InstallAsync(FenceLab lab)
    {
        await lab.RunAsync($$"""
            create table flag (epoch bigint not null, raised boolean not null);
            insert into flag values (0, false);
            create function refuse() returns trigger language plpgsql as $f$
            begin
                perform pg_advisory_xact_lock_shared(1);
                if (select raised from flag) then
                    raise exception using errcode = '{{FenceSchema.Refused}}', message = 'refused';
                end if;
                return new;
            end $f$;
            create trigger refuse before insert or update or delete on customer for each row execute function refuse()
            """);
        return new FlagRowFence(lab);
    }

    /// <inheritdoc/>
    public async Task<FenceState> StateAsync(string capability, CancellationToken cancellation) =>
        new(await lab.ValueAsync<bool>("select raised from flag"), await lab.ValueAsync<long>("select epoch from flag"));

    /// <inheritdoc/>
    public Task<FenceOutcome> RaiseAsync(string capability, long epoch, CancellationToken cancellation) => SetAsync(epoch, raised: true);

    /// <inheritdoc/>
    public Task<FenceOutcome> LowerAsync(string capability, long epoch, CancellationToken cancellation) => SetAsync(epoch, raised: false);

    private async Task<FenceOutcome> SetAsync(long epoch, bool raised)
    {
        await using var connection = await lab.OpenAsync();
        // The lock waits for writers that are at it, which makes it look right.
        await connection.ExecuteAsync("begin; select pg_advisory_xact_lock(1)");
        await connection.ExecuteAsync("update flag set epoch = @epoch, raised = @raised; commit", new { epoch, raised });
        return FenceOutcome.Done;
    }
}
