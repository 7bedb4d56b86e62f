namespace Strangler.IntegrationTests.Sync.Convergence;

/// <summary>What the stores have beside their own schemas.</summary>
internal static class ChaosSchema
{
    /// <summary>A name that the catalog's check refuses.</summary>
    public const string RefusedName = "poison";

    /// <summary>A quantity that the inventory's check refuses.</summary>
    public const int RefusedQuantity = -1_000_000;

    /// <summary>
    /// Events with tokens; a sequence for prices, so that a product's price only ever rises; and a trigger of the old kind: selling writes the
    /// product too, which the statement does not say.
    /// </summary>
    public const string Source = """
        create table chaos_event (id bigserial primary key, token text not null);
        create sequence chaos_version start 1000;
        create function stock_sold() returns trigger language plpgsql as $$
        begin
            update products set updated = new.changed, price_cents = nextval('chaos_version') where prod_id = new.prod_id;
            return new;
        end $$;
        create trigger stock_sold after update on stock for each row when (new.qty < old.qty and new.wh = 'HAM') execute function stock_sold()
        """;

    /// <summary>A check, and an audit of the versions that each product had in the order in which it had them.</summary>
    public static readonly string Catalog = $"""
        alter table catalog.product add constraint not_poison check (name <> '{RefusedName}');
        create table catalog.chaos_audit (id bigserial primary key, number integer not null, version numeric not null);
        create function catalog.chaos_audit() returns trigger language plpgsql security definer as $$
        begin
            insert into catalog.chaos_audit (number, version) values (new.number, new.price);
            return new;
        end $$;
        create trigger chaos_audit after insert or update on catalog.product for each row execute function catalog.chaos_audit()
        """;

    /// <summary>A check.</summary>
    public static readonly string Inventory = $"alter table inventory.level add constraint not_poison check (quantity <> {RefusedQuantity})";

    /// <summary>A log in which nothing forbids that a token comes twice.</summary>
    public const string Events = "create schema events; create table events.chaos_event_log (token text not null)";

    /// <summary>SQL that adds products with children.</summary>
    public static string Products(int first, int count) => SyncLab.Products(first, count, "nextval('chaos_version')");
}
