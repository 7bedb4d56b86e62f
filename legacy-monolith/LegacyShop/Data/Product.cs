namespace LegacyShop.Data;

/// <summary>A row of products, with the stock of all warehouses beside it.</summary>
internal sealed class Product
{
    public int ProdId { get; init; }

    public required string Sku { get; init; }

    public required string Name { get; init; }

    public string? Descr { get; init; }

    public int PriceCents { get; init; }

    public required string Currency { get; init; }

    /// <summary>Comma list as somebody typed it.</summary>
    public required string Categories { get; init; }

    public int? WeightG { get; init; }

    /// <summary>'Y' or 'N'.</summary>
    public required string Active { get; init; }

    /// <summary>'Y' or 'N': soft delete.</summary>
    public required string Deleted { get; init; }

    public DateTime Created { get; init; }

    public DateTime Updated { get; init; }

    public int Stock { get; init; }

    public bool IsDeleted => Deleted == "Y";

    public bool IsDiscontinued => Active == "N";
}
