namespace LegacyShop.Seeding;

/// <summary>The rows of one table.</summary>
/// <param name="Name">The table.</param>
/// <param name="Columns">Its columns as COPY wants them, comma separated.</param>
/// <param name="Rows">One value for each column; strings, integers, local times or null.</param>
internal sealed record SeedTable(string Name, string Columns, IEnumerable<object?[]> Rows);
