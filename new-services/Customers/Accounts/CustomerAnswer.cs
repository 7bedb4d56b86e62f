namespace Customers.Accounts;

/// <summary>A customer's own data. What was never filled in is <c>null</c>.</summary>
/// <param name="Id">The number that people know the customer by.</param>
/// <param name="Name">The whole name.</param>
/// <param name="Email">The mail address.</param>
/// <param name="Phone">The telephone number.</param>
/// <param name="Street1">The first line of the shipping address.</param>
/// <param name="Street2">Its second line.</param>
/// <param name="Street3">Its third line.</param>
/// <param name="Zip">The post code.</param>
/// <param name="City">The town.</param>
/// <param name="Country">ISO 3166, two letters.</param>
/// <param name="Points">Bonus points.</param>
/// <param name="Vip">Whether the customer is one whom the shop treats best.</param>
/// <param name="CreatedAt">Local time of the shop.</param>
internal sealed record CustomerAnswer(
    int Id,
    string Name,
    string Email,
    string? Phone,
    string? Street1,
    string? Street2,
    string? Street3,
    string? Zip,
    string? City,
    string? Country,
    int Points,
    bool Vip,
    string CreatedAt);
