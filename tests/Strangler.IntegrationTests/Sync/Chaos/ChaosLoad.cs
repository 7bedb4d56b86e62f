using System.Collections.Concurrent;
using Dapper;
using Npgsql;

namespace Strangler.IntegrationTests.Sync.Chaos;

/// <summary>
/// Seeded writers on the legacy tables, each on products of its own: inserts, updates, stock moves, soft and real deletes, unique values
/// handed over, transactions over many tables, rollbacks. Every third product is written once and never touched again. Most transactions
/// also write an event with a token that exists nowhere else.
/// </summary>
internal sealed class ChaosLoad(string connectionString, int seed)
{
    private const int Writers = 3;
    private const int RangePerWriter = 1_000_000;
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(25);

    private readonly ConcurrentBag<string> _tokens = [];
    private int _transactions;

    /// <summary>The tokens of events that were committed.</summary>
    public IReadOnlyCollection<string> Tokens => _tokens;

    /// <summary>The transactions so far.</summary>
    public int Transactions => _transactions;

    /// <summary>Writes until it is cancelled; no transaction is left half done.</summary>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(1, Writers).Select(writer => WriteAsync(writer, stop)));

    private async Task WriteAsync(int writer, CancellationToken stop)
    {
        var random = new Random(seed + writer);
        var products = new List<int>();
        var next = writer * RangePerWriter;
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(CancellationToken.None);
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
            var token = $"{writer}-{number}";
            await connection.ExecuteAsync("insert into chaos_event (token) values (@token)", new { token });
            var rollsBack = random.Next(10) == 0;
            if (products.Count < 20 || random.Next(4) == 0)
            {
                var inserted = ++next;
                await InsertAsync(connection, inserted, random);
                if (!rollsBack && inserted % 3 != 0)
                {
                    products.Add(inserted);
                }
            }
            else
            {
                await ChangeAsync(connection, products, random, forgets: !rollsBack);
            }

            if (rollsBack)
            {
                await transaction.RollbackAsync(CancellationToken.None);
            }
            else
            {
                await transaction.CommitAsync(CancellationToken.None);
                _tokens.Add(token);
                Interlocked.Increment(ref _transactions);
            }

            await Task.Delay(Breath, CancellationToken.None);
        }
    }

    private static Task<int> InsertAsync(NpgsqlConnection connection, int id, Random random) => connection.ExecuteAsync(
        """
        insert into products (prod_id, sku, name, descr, price_cents, categories, weight_g, created, updated)
        values (@id, 'C' || @id, @name, @descr, @price, @categories, @weight, timestamp '2026-03-01 10:00', timestamp '2026-03-01 10:00');
        insert into product_images (prod_id, pos, url) select @id, p, '/img/' || p from generate_series(1, @images) p;
        insert into stock (prod_id, wh, qty, changed) select @id, wh, @price % 100, timestamp '2026-03-01 10:00' from unnest(array['HAM', 'MUC']) wh
        """,
        new
        {
            id,
            name = $"Thing {random.Next(1000)}",
            descr = random.Next(3) == 0 ? null : "Ünïcode 'quoted' " + random.Next(),
            price = random.Next(100, 100_000),
            categories = string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => "cat" + random.Next(9))),
            weight = random.Next(2) == 0 ? (int?)null : random.Next(5000),
            images = random.Next(4),
        });

    private static Task<int> ChangeAsync(NpgsqlConnection connection, List<int> products, Random random, bool forgets)
    {
        var index = random.Next(products.Count);
        var values = new { id = products[index], other = products[(index + 1) % products.Count], n = random.Next(1, 9), ids = products.ToArray() };
        var kind = random.Next(9);
        if (kind == 0 && forgets)
        {
            products.RemoveAt(index);
        }

        return connection.ExecuteAsync(Statement(kind), values);
    }

    private static string Statement(int kind) => kind switch
    {
        0 => """
            delete from product_images where prod_id = @id; delete from stock where prod_id = @id; delete from products where prod_id = @id
            """,
        1 => "update products set deleted = 'Y', updated = updated + interval '1 day' where prod_id = @id",
        2 => """
            update stock set qty = qty - @n where prod_id = @id and wh = 'HAM'; update stock set qty = qty + @n where prod_id = @other and wh = 'MUC'
            """,
        3 => "delete from product_images where prod_id = @id and pos = @n; update product_images set prod_id = @other where prod_id = @id and pos = 2",
        // A value comes back with another product later; while one has it, the other goes without.
        4 => """
            update products set sku = 'tmp' || @id where prod_id = @id;
            update products set sku = 'X' || @id || '-' || @n
            where prod_id = @other and not exists (select from products where sku = 'X' || @id || '-' || @n);
            update products set sku = 'Y' || @other || '-' || @n
            where prod_id = @id and not exists (select from products where sku = 'Y' || @other || '-' || @n)
            """,
        5 => "update products set name = left(name, 30) || @n, price_cents = price_cents + @n where prod_id = any(@ids[1:10])",
        6 => "insert into stock (prod_id, wh, qty, changed) values (@id, 'W' || @n, @n, timestamp '2026-03-29 02:30') on conflict do nothing",
        7 => "insert into chaos_event (token) values ('extra-' || @id || '-' || nextval('chaos_event_id_seq'))",
        _ => "update products set name = 'Renamed ' || @n, categories = 'cat' || @n, active = case when @n > 6 then 'N' else 'Y' end where prod_id = @id",
    };
}
