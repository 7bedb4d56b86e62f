using Dapper;
using Npgsql;

namespace Strangler.IntegrationTests.Sync.Harm;

/// <summary>Looks again and again at what the adapters' sessions do in the source.</summary>
internal sealed class SessionWatch(string source)
{
    private const string Sql = """
        with ours as (select pid, xact_start, query, backend_type, state from pg_stat_activity where application_name = 'strangler-sync' and usename = 'strangler_reader')
        select (select count(*) from ours) as sessions,
               (select string_agg(backend_type || ' ' || state || ': ' || left(query, 60), '; ') from ours) as doing,
               (select count(*) from pg_stat_activity a where a.pid not in (select pid from ours)
                    and pg_blocking_pids(a.pid) && (select coalesce(array_agg(pid), '{}') from ours)) as blocked,
               (select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0)::float8 from ours) as oldest
        """;

    /// <summary>How often it has looked.</summary>
    public int Looks { get; private set; }

    /// <summary>The most sessions at a time.</summary>
    public long MostSessions { get; private set; }

    /// <summary>What they were doing then.</summary>
    public string DoingAtMost { get; private set; } = "";

    /// <summary>Sessions of others that waited for one of ours, over all looks.</summary>
    public long Blocked { get; private set; }

    /// <summary>The age of the oldest transaction of ours, in seconds.</summary>
    public double OldestTransaction { get; private set; }

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(source);
        await connection.OpenAsync(CancellationToken.None);
        while (!stop.IsCancellationRequested)
        {
            var (sessions, doing, blocked, oldest) = await connection.QuerySingleAsync<(long Sessions, string? Doing, long Blocked, double Oldest)>(Sql);
            Looks++;
            if (sessions > MostSessions)
            {
                MostSessions = sessions;
                DoingAtMost = doing ?? "";
            }

            Blocked += blocked;
            OldestTransaction = Math.Max(OldestTransaction, oldest);
            await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        }
    }
}
