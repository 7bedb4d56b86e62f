using Dapper;
using Npgsql;

namespace LegacyShop.Data;

/// <summary>Reads customers that have not been deleted.</summary>
internal sealed class CustomerRepository(NpgsqlDataSource database)
{
    private const string Columns =
        "c.cust_id, c.full_name, c.email, c.pw_salt, c.pw_hash, c.phone, c.ship_street1, c.ship_street2, c.ship_street3, "
        + "c.ship_zip, c.ship_city, c.ship_country, c.points, c.vip, c.created";

    /// <summary>By mail address, exactly as it was registered.</summary>
    public async Task<Customer?> FindByEmailAsync(string email)
    {
        await using var connection = await database.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<Customer>(
            $"select {Columns} from customers c where c.email = @email and c.deleted = 'N'", new { email });
    }

    /// <summary>Who is logged in on a session; null for a visitor.</summary>
    public async Task<Customer?> FindBySessionAsync(string sid)
    {
        await using var connection = await database.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<Customer>(
            $"""
            select {Columns}
            from sessions s join customers c on c.cust_id = s.cust_id
            where s.sid = @sid and c.deleted = 'N'
            """,
            new { sid });
    }

    /// <summary>Adds bonus points inside the caller's transaction.</summary>
    public static Task AddPointsAsync(NpgsqlConnection connection, int custId, int points) =>
        connection.ExecuteAsync(
            "update customers set points = points + @points where cust_id = @custId", new { custId, points });
}
