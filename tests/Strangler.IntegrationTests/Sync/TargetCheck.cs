using System.Globalization;
using Dapper;
using Npgsql;
using Strangler.Sync.Mapping;

namespace Strangler.IntegrationTests.Sync;

/// <summary>
/// Reads both stores whole and compares the target with the mapping of the source, row by row and in both directions. It shares with the
/// engine the mapping only.
/// </summary>
internal static class TargetCheck
{
    /// <summary>What differs: a line for each row that is missing in the target or too much there.</summary>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(
        string sourceConnection, string targetConnection, params AggregateMapping[] mappings)
    {
        await using var source = new NpgsqlConnection(sourceConnection);
        await using var target = new NpgsqlConnection(targetConnection);
        var differences = new List<string>();
        foreach (var mapping in mappings)
        {
            var expected = (await SourceAsync(source, mapping)).Select(mapping.MapAggregate).OfType<TargetRows>().ToList();
            foreach (var table in mapping.Targets.Where(table => table.Kind != TargetKind.Appended))
            {
                var actual = Counted(await TargetAsync(target, table));
                var wanted = Counted(expected.SelectMany(rows => rows.RowsOf(table)).Select(row => Line(table.Columns.Select(c => c.Value(row)))));
                if (table.Kind == TargetKind.Shared)
                {
                    // Shared rows are written once and stay when nobody uses them any more.
                    wanted = wanted.ToDictionary(pair => pair.Key, _ => 1, StringComparer.Ordinal);
                    actual = actual.Where(pair => wanted.ContainsKey(pair.Key)).ToDictionary(StringComparer.Ordinal);
                }

                differences.AddRange(wanted.Where(pair => actual.GetValueOrDefault(pair.Key) < pair.Value)
                    .Select(pair => $"missing in {table.Name}: {pair.Key}"));
                differences.AddRange(actual.Where(pair => wanted.GetValueOrDefault(pair.Key) < pair.Value)
                    .Select(pair => $"too much in {table.Name}: {pair.Key}"));
            }
        }

        return differences;
    }

    private static async Task<IEnumerable<SourceRows>> SourceAsync(NpgsqlConnection source, AggregateMapping mapping)
    {
        var aggregates = new Dictionary<string, SourceRows>(StringComparer.Ordinal);
        foreach (var table in mapping.Sources)
        {
            var columns = string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\" as \"{column.PropertyName}\""));
            foreach (var row in await source.QueryAsync(table.RowType, $"select {columns} from {table.Name.Sql}"))
            {
                var key = Convert.ToString(table.RouteOf(row), CultureInfo.InvariantCulture)!;
                if (!aggregates.TryGetValue(key, out var rows))
                {
                    aggregates.Add(key, rows = new SourceRows());
                }

                rows.AddRow(table, row);
            }
        }

        return aggregates.Values;
    }

    private static async Task<List<string>> TargetAsync(NpgsqlConnection target, TargetTable table)
    {
        var columns = string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\""));
        await using var reader = await target.ExecuteReaderAsync($"select {columns} from {table.Name.Sql}");
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            lines.Add(Line(values));
        }

        return lines;
    }

    private static Dictionary<string, int> Counted(IEnumerable<string> lines) =>
        lines.GroupBy(line => line, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);

    private static string Line(IEnumerable<object?> values) => string.Join(" | ", values.Select(Text));

    private static string Text(object? value) => value switch
    {
        null or DBNull => "null",
        decimal number => number.ToString("G29", CultureInfo.InvariantCulture),
        DateTimeOffset instant => Text(instant.UtcDateTime),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexString(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
