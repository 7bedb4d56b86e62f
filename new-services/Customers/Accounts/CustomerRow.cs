using ServiceDefaults.Api;

namespace Customers.Accounts;

/// <summary>What is read of one customer.</summary>
internal sealed record CustomerRow
{
    public required int Number { get; init; }

    public string? FirstName { get; init; }

    public required string LastName { get; init; }

    public required string Email { get; init; }

    public string? Phone { get; init; }

    public string? Line1 { get; init; }

    public string? Line2 { get; init; }

    public string? Line3 { get; init; }

    public string? Zip { get; init; }

    public string? City { get; init; }

    public string? Country { get; init; }

    public required int Points { get; init; }

    public required bool Vip { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>The first name, a space and the last name; the last name alone when there is no first one, which is not an empty one.</summary>
    public string FullName => FirstName is null ? LastName : $"{FirstName} {LastName}";

    /// <summary>The contract's shape.</summary>
    public CustomerAnswer ToAnswer() => new(
        Number, FullName, Email, Phone, Line1, Line2, Line3, Zip, City, Country, Points, Vip, ShopClock.Local(CreatedAt));
}
