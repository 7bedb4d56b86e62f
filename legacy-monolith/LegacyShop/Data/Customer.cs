namespace LegacyShop.Data;

/// <summary>A row of customers.</summary>
internal sealed class Customer
{
    public int CustId { get; init; }

    public required string FullName { get; init; }

    public required string Email { get; init; }

    public required string PwSalt { get; init; }

    public required string PwHash { get; init; }

    public string? Phone { get; init; }

    public string? ShipStreet1 { get; init; }

    public string? ShipStreet2 { get; init; }

    public string? ShipStreet3 { get; init; }

    public string? ShipZip { get; init; }

    public string? ShipCity { get; init; }

    public required string ShipCountry { get; init; }

    public int Points { get; init; }

    /// <summary>'Y' or 'N'.</summary>
    public required string Vip { get; init; }

    public DateTime Created { get; init; }
}
