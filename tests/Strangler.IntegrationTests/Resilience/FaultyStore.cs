using System.Globalization;
using Npgsql;

namespace Strangler.IntegrationTests.Resilience;

/// <summary>
/// The monolith's store with orders and a key table, as a checkout has them. The unique token of each order is what duplicates are counted by; nothing in
/// the table keeps them out.
/// </summary>
internal sealed class FaultyStore(string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = new NpgsqlDataSourceBuilder(connectionString) { ConnectionStringBuilder = { MaxPoolSize = 20, NoResetOnClose = true } }.Build();

    /// <summary>Makes the tables.</summary>
    public async Task CreateAsync()
    {
        await using var command = _source.CreateCommand(
            """
            CREATE UNLOGGED TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY, token text NOT NULL, side text NOT NULL);
            CREATE UNLOGGED TABLE addresses (token text PRIMARY KEY, writes int NOT NULL);
            CREATE UNLOGGED TABLE keys (key text PRIMARY KEY);
            """);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Places an order under a key that both sides know: the second one with the same key does nothing, in the same transaction.</summary>
    public Task PlaceKeyedAsync(string key, string token, string side) => ExecuteAsync(
        "WITH taken AS (INSERT INTO keys VALUES ($1) ON CONFLICT DO NOTHING RETURNING 1) INSERT INTO orders (token, side) SELECT $2, $3 FROM taken", key, token, side);

    /// <summary>Places an order; a second time makes a second one.</summary>
    public Task PlaceAsync(string token, string side) => ExecuteAsync("INSERT INTO orders (token, side) VALUES ($1, $2)", token, side);

    /// <summary>Sets an address and counts how often that was done.</summary>
    public Task SetAddressAsync(string token) => ExecuteAsync("INSERT INTO addresses VALUES ($1, 1) ON CONFLICT (token) DO UPDATE SET writes = addresses.writes + 1", token);

    /// <summary>Orders of which there are two or more.</summary>
    public Task<long> DuplicatesAsync() => CountAsync("SELECT count(*) FROM (SELECT FROM orders GROUP BY token HAVING count(*) > 1) AS doubled");

    /// <summary>Addresses that were set twice.</summary>
    public Task<long> RewrittenAsync() => CountAsync("SELECT count(*) FROM addresses WHERE writes > 1");

    /// <summary>All tokens of which there is a row.</summary>
    public async Task<HashSet<string>> TokensAsync()
    {
        await using var command = _source.CreateCommand("SELECT token FROM orders UNION SELECT token FROM addresses");
        await using var reader = await command.ExecuteReaderAsync();
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync()) tokens.Add(reader.GetString(0));
        return tokens;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<long> CountAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private async Task ExecuteAsync(string sql, params string[] values)
    {
        await using var command = _source.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
