namespace LegacyShop.Seeding;

/// <summary>Drawing from a seeded generator.</summary>
internal static class RandomExtensions
{
    /// <summary>True in so many of a hundred cases.</summary>
    public static bool Percent(this Random random, int percent) => random.Next(100) < percent;

    /// <summary>One of the values, each equally likely.</summary>
    public static T Pick<T>(this Random random, IReadOnlyList<T> values) => values[random.Next(values.Count)];

    /// <summary>The database's way of writing a boolean.</summary>
    public static string Flag(this Random random, int percentYes) => random.Percent(percentYes) ? "Y" : "N";
}
