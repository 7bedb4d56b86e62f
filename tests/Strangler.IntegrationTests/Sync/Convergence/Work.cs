namespace Strangler.IntegrationTests.Sync.Convergence;

/// <summary>The statements of the load. Every write of a product takes a version above all before it.</summary>
internal static class Work
{
    /// <summary>Products that everybody writes: 1 to this.</summary>
    public const int HotProducts = 3;

    /// <summary>The statements of a kind; parameters <c>@id</c>, <c>@other</c>, <c>@n</c> and <c>@ids</c>.</summary>
    public static string Sql(WorkKind kind) => kind switch
    {
        WorkKind.Insert or WorkKind.ReuseKey => Insert,
        WorkKind.Delete => Delete,
        WorkKind.Replace => $"{Delete};{Insert}",
        WorkKind.MoveChild => """
            update product_images set prod_id = @other where prod_id = @id and pos = 1;
            update product_images set pos = pos + 1 where prod_id = @other
            """,
        WorkKind.Sell => """
            update stock set qty = qty - @n, changed = changed + interval '1 minute' where prod_id = @id and wh = 'HAM';
            update stock set qty = qty + @n where prod_id = @other and wh = 'MUC'
            """,
        WorkKind.ExchangeSkus => ExchangeSkus,
        WorkKind.LargeValue => """
            update products set descr = (select string_agg(md5(random()::text), '') from generate_series(1, 100 + (5 * @n))), price_cents = nextval('chaos_version')
            where prod_id = @id
            """,
        WorkKind.HotKey => $"update products set name = 'Hot ' || @n, price_cents = nextval('chaos_version') where prod_id = 1 + @n % {HotProducts}",
        WorkKind.ManyTables => """
            update products set name = left(name, 30) || @n, price_cents = nextval('chaos_version') where prod_id = any(@ids);
            update stock set qty = qty + @n where prod_id = any(@ids) and wh = 'MUC';
            insert into product_images (prod_id, pos, url) select id, 7, '/img/many' from unnest(@ids) id where id % 5 = @n % 5;
            delete from product_images where prod_id = any(@ids) and pos > 8
            """,
        WorkKind.SoftDelete => "update products set deleted = case deleted when 'N' then 'Y' else 'N' end, price_cents = nextval('chaos_version') where prod_id = @id",
        WorkKind.Savepoint => """
            update products set weight_g = @n, price_cents = nextval('chaos_version') where prod_id = @id;
            savepoint s; update products set name = 'never' where prod_id in (@id, @other); delete from stock where prod_id = @other; rollback to s;
            insert into stock (prod_id, wh, qty, changed) values (@other, 'W' || @n % 10, @n, timestamp '2026-03-29 02:30') on conflict do nothing
            """,
        WorkKind.Nightly => """
            update stock set qty = qty + 1, changed = changed + interval '1 day';
            update products set active = case when prod_id % 7 = @n % 7 then 'N' else 'Y' end, price_cents = nextval('chaos_version') where prod_id % 3 = @n % 3
            """,
        WorkKind.Truncate => "truncate product_images",
        _ => "update products set name = 'Renamed ' || @n, categories = 'cat' || @n % 9 || ',all', price_cents = nextval('chaos_version') where prod_id = @id",
    };

    private const string Insert = """
        insert into products (prod_id, sku, name, descr, price_cents, categories, weight_g, created, updated)
        values (@id, 'C' || @id || '-' || @n, 'Thing ' || @n, case when @n % 2 = 0 then 'Ünïcode ''quoted''' end, nextval('chaos_version'), 'cat' || @n % 9, @n,
                timestamp '2026-03-01 10:00', timestamp '2026-03-01 10:00');
        insert into product_images (prod_id, pos, url) select @id, p, '/img/' || p from generate_series(1, @n % 4) p;
        insert into stock (prod_id, wh, qty, changed) select @id, wh, @n, timestamp '2026-03-01 10:00' from unnest(array['HAM', 'MUC']) wh
        """;

    private const string Delete = """
        delete from product_images where prod_id = @id; delete from stock where prod_id = @id; delete from products where prod_id = @id
        """;

    /// <summary>One goes without for a moment, as the value is unique.</summary>
    public const string ExchangeSkus = """
        create temporary table if not exists exchanged (id integer, sku text) on commit delete rows;
        insert into exchanged select prod_id, sku from products where prod_id in (@id, @other) order by prod_id for update;
        update products set sku = 'tmp' || @id where prod_id = @id;
        update products set sku = (select e.sku from exchanged e where e.id = @id), price_cents = nextval('chaos_version') where prod_id = @other;
        update products set sku = (select e.sku from exchanged e where e.id = @other), price_cents = nextval('chaos_version')
        where prod_id = @id and exists (select from exchanged e where e.id = @other)
        """;
}
