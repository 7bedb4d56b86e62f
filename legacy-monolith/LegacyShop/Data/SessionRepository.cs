using Dapper;
using Npgsql;

namespace LegacyShop.Data;

/// <summary>Remembers sessions that matter: those with a login or a cart.</summary>
internal sealed class SessionRepository(NpgsqlDataSource database)
{
    /// <summary>Notes that the session was seen, creating it on the first occasion.</summary>
    public async Task TouchAsync(string sid, DateTime now)
    {
        await using var connection = await database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into sessions (sid, created, seen) values (@sid, @now, @now)
            on conflict (sid) do update set seen = excluded.seen
            """,
            new { sid, now });
    }

    /// <summary>Sets who is logged in, or nobody.</summary>
    public async Task SetCustomerAsync(string sid, int? custId, DateTime now)
    {
        await using var connection = await database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into sessions (sid, cust_id, created, seen) values (@sid, @custId, @now, @now)
            on conflict (sid) do update set cust_id = excluded.cust_id, seen = excluded.seen
            """,
            new { sid, custId, now });
    }
}
