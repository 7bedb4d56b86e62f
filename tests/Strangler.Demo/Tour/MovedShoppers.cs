namespace Strangler.Demo.Tour;

/// <summary>Whether shoppers stay where they were moved, told from both sides' access logs.</summary>
internal static class MovedShoppers
{
    /// <summary>
    /// How many shoppers read from the monolith after they had read from Catalog. A shopper has one request on its way at a time,
    /// so the logs of both sides, put in order, are what it saw.
    /// </summary>
    public static int CountReturned(IEnumerable<AccessEntry> legacy, IEnumerable<AccessEntry> catalog)
    {
        var firstOnNew = catalog
            .GroupBy(entry => entry.UserAgent, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Min(entry => entry.Start), StringComparer.Ordinal);
        return legacy
            .Where(entry => firstOnNew.TryGetValue(entry.UserAgent, out var first) && entry.Start > first)
            .Select(entry => entry.UserAgent).Distinct(StringComparer.Ordinal).Count();
    }
}
