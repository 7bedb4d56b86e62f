namespace LegacyShop.Data;

/// <summary>A row of orders without the repeated customer data, and its items.</summary>
internal sealed class Order
{
    public int OrdId { get; init; }

    public required string OrdNo { get; init; }

    /// <summary>N new, P paid, S shipped, C cancelled, X returned.</summary>
    public required string Status { get; init; }

    /// <summary>With tax.</summary>
    public int TotalCents { get; init; }

    public int TaxCents { get; init; }

    public required string Currency { get; init; }

    public string? Note { get; init; }

    public DateTime Created { get; init; }

    public IReadOnlyList<OrderItem> Items { get; set; } = [];
}
