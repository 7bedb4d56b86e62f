using LegacyShop.Data;

namespace LegacyShop.Api;

/// <summary>A customer's own data. What was never filled in is null.</summary>
internal sealed record CustomerResult(
    int Id,
    string Name,
    string Email,
    string? Phone,
    string? Street1,
    string? Street2,
    string? Street3,
    string? Zip,
    string? City,
    string Country,
    int Points,
    bool Vip,
    string CreatedAt)
{
    public static CustomerResult From(Customer customer) => new(
        customer.CustId,
        customer.FullName,
        customer.Email,
        customer.Phone,
        customer.ShipStreet1,
        customer.ShipStreet2,
        customer.ShipStreet3,
        customer.ShipZip,
        customer.ShipCity,
        customer.ShipCountry,
        customer.Points,
        customer.Vip == "Y",
        ApiFormat.Time(customer.Created));
}
