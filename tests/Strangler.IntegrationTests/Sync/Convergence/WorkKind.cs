namespace Strangler.IntegrationTests.Sync.Convergence;

/// <summary>What a transaction of the load does.</summary>
internal enum WorkKind
{
    /// <summary>A product with images and stock.</summary>
    Insert,

    /// <summary>One product.</summary>
    Update,

    /// <summary>A product and its children go; its key may come back later.</summary>
    Delete,

    /// <summary>A key that was deleted comes back.</summary>
    ReuseKey,

    /// <summary>A key goes and comes back in one transaction.</summary>
    Replace,

    /// <summary>An image changes its product.</summary>
    MoveChild,

    /// <summary>Stock goes from one product to another; a trigger writes the product too.</summary>
    Sell,

    /// <summary>Two live products exchange their SKUs.</summary>
    ExchangeSkus,

    /// <summary>A value too large for its page.</summary>
    LargeValue,

    /// <summary>A row with such a value changes elsewhere.</summary>
    BesideLargeValue,

    /// <summary>One of three products that everybody writes.</summary>
    HotKey,

    /// <summary>Many products and tables at once.</summary>
    ManyTables,

    /// <summary>A mark instead of a delete.</summary>
    SoftDelete,

    /// <summary>A subtransaction that is rolled back, in a transaction that is not.</summary>
    Savepoint,

    /// <summary>Ends by a rollback.</summary>
    Rollback,

    /// <summary>Commits seconds after it has written.</summary>
    Late,

    /// <summary>All stock and many prices, as the shop's night does.</summary>
    Nightly,

    /// <summary>A whole table of children goes.</summary>
    Truncate,
}
