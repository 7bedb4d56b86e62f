using System.Globalization;
using LegacyShop.Data;
using LegacyShop.Services;

namespace LegacyShop.Seeding;

/// <summary>Customers; everybody's password is "demo".</summary>
internal static class CustomerSeed
{
    private const string Password = "demo";
    private const int SaltBytes = 8;

    public static IReadOnlyList<Customer> Create(SeedOptions options)
    {
        var random = new Random(unchecked(options.Seed + 3));
        var calendar = new SeedCalendar(options.Seed);
        return [.. Enumerable.Range(1, options.Customers).Select(id => CreateOne(id, calendar, random))];
    }

    private static Customer CreateOne(int id, SeedCalendar calendar, Random random)
    {
        var town = random.Pick(ShopWords.Towns);
        var salt = Salt(random);
        return new Customer
        {
            CustId = id,
            FullName = $"{random.Pick(ShopWords.FirstNames)} {random.Pick(ShopWords.LastNames)}",
            Email = $"customer{id:D4}@shop.example",
            PwSalt = salt,
            PwHash = PasswordHash.Compute(salt, Password),
            Phone = random.Percent(30) ? null : Phone(random),
            ShipStreet1 = Street(random),
            ShipStreet2 = random.Percent(15) ? $"Apartment {random.Next(1, 60)}" : null,
            ShipStreet3 = random.Percent(3) ? "c/o " + random.Pick(ShopWords.LastNames) : null,
            ShipZip = town.Zip,
            ShipCity = town.City,
            ShipCountry = town.Country,
            Points = random.Next(2_000),
            Vip = random.Flag(percentYes: 5),
            Created = SeedCalendar.Between(calendar.Epoch, -1500, 0, random),
        };
    }

    /// <summary>A street with a number.</summary>
    public static string Street(Random random) => $"{random.Pick(ShopWords.Streets)} {random.Next(1, 140)}";

    /// <summary>A telephone number.</summary>
    public static string Phone(Random random) =>
        string.Create(CultureInfo.InvariantCulture, $"+49 {random.Next(30, 999)} {random.Next(100_000, 9_999_999)}");

    private static string Salt(Random random)
    {
        var salt = new byte[SaltBytes];
        random.NextBytes(salt);
        return Convert.ToHexStringLower(salt);
    }
}
