using Strangler.Core.Adapters;

namespace Strangler.UnitTests.Cli;

/// <summary>Answers of the adapters.</summary>
internal static class SyncSamples
{
    public static readonly DataDifference Price = new("product", "7", "changed", [new DifferingField("catalog.product.price", "legacy")]);

    public static readonly DataDifference Gone = new("product", "8", "missing", [
        new DifferingField("catalog.product (row missing)", "legacy"), new DifferingField("catalog.product_image (row missing)", "legacy")]);

    public static readonly DataDifference Dead = new("product", "9", "dead-letter", []);

    public static AdaptersReport Report(long dead = 0) => new(
        CliRun.Now,
        [new SourceReport("Legacy", Leader: true, "0/1", 1024, null, null)],
        [new StreamReport("catalog", "following", CliRun.Now, 0.2, 0, 5000, 5000, null, 12_345, dead + 3, dead, [new PausedEntity("image", "column url is gone")], null)]);

    public static InstallPreview Preview(string? refusal = null) => new(
        refusal is null,
        [
            new StorePreview(
                "Legacy", "source", ["catalog"], "shop",
                refusal is null ? ["create publication \"strangler\" for table \"public\".\"products\", \"public\".\"product_images\", \"public\".\"stock\""] : [],
                ["max_slot_wal_keep_size is -1"], refusal is null ? [] : [refusal], ["The slot is made later."]),
            new StorePreview("Catalog", "target", ["catalog"], "catalog", [], [], [], []),
        ],
        [new EntityPreview("catalog", "product", 1, ["public.products", "public.stock"], [new FieldPreview("catalog.product", "id", "catalog"), new FieldPreview("catalog.product", "price", "pricing")])]);

    public static CompareRun Compare(string state = "finished", long done = 5000, params DataDifference[] items)
    {
        var dead = items.LongCount(item => item.Kind == "dead-letter");
        var differences = items.Length - dead;
        var verdict = differences > 0 ? "differences" : dead > 0 ? "undetermined" : "clean";
        return new CompareRun(
            12, "catalog", "changed", state, CliRun.Now, state == "running" ? null : CliRun.Now.AddSeconds(1.4), done, 5000, state == "running" ? 3 : null,
            state == "finished" ? verdict : null, differences, 0, dead, 0,
            [new EntityComparison("product", 5000, 4999, 1024, 12, CliRun.Now.AddHours(-2), items.Length)], items, state == "failed" ? "the source is away" : null);
    }

    public static RepairRun Repair(string state = "planned", long? left = null, long strays = 0, params DataDifference[] items) => new(
        state == "planned" ? 0 : 5, "catalog", 12, state, items.Length, 1000, left is { } still ? items.Length - still : 0, left, strays, left is null ? items : [.. items.Take((int)left)], null);

    public static DeadLettersAnswer DeadLetters(params DeadLetter[] items) => new(items.Length, items);

    public static DeadLetter Letter(string key) =>
        new("product", key, "mapping", "currency is empty", 4, CliRun.Now.AddHours(-1), CliRun.Now.AddMinutes(-3));
}
