using Strangler.Core.Adapters;
using Strangler.Sync.Mapping;

namespace Strangler.Sync.Reconciling;

/// <summary>Which fields of an aggregate differ; never their values.</summary>
internal static class FieldDifferences
{
    private const string Owner = "legacy";

    /// <summary>The fields, each once.</summary>
    public static IReadOnlyList<DifferingField> Of(AggregateMapping mapping, ComparedAggregate aggregate)
    {
        var names = new List<string>();
        foreach (var table in mapping.Targets.Where(table => table.Kind == TargetKind.Owned))
        {
            var wanted = ByKey(table, aggregate.Wanted);
            var found = ByKey(table, aggregate.Found);
            if (wanted.Keys.Except(found.Keys, StringComparer.Ordinal).Any())
            {
                names.Add($"{table.Name} (row missing)");
            }

            if (found.Keys.Except(wanted.Keys, StringComparer.Ordinal).Any())
            {
                names.Add($"{table.Name} (row too much)");
            }

            names.AddRange(table.Columns
                .Where(column => wanted.Any(pair => found.TryGetValue(pair.Key, out var other) && !AreEqual(column, pair.Value, other)))
                .Select(column => $"{table.Name}.{column.Name}"));
        }

        return [.. names.Distinct(StringComparer.Ordinal).Select(name => new DifferingField(name, Owner))];
    }

    private static Dictionary<string, object> ByKey(TargetTable table, TargetRows? rows)
    {
        var byKey = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var row in rows?.RowsOf(table) ?? [])
        {
            // A mapping that gives two rows one key is a dead letter; here one of them is enough.
            byKey[string.Join('\u001f', table.Keys.Select(key => key.Value(row)))] = row;
        }

        return byKey;
    }

    private static bool AreEqual(Column column, object left, object right) => Bytes(column, left).AsSpan().SequenceEqual(Bytes(column, right));

    private static byte[] Bytes(Column column, object row)
    {
        var buffer = new CanonicalBuffer();
        switch (column.Value(row))
        {
            case null: buffer.WriteNull(); break;
            case bool value: buffer.Write(value); break;
            case short value: buffer.Write(value); break;
            case int value: buffer.Write(value); break;
            case long value: buffer.Write(value); break;
            case decimal value: buffer.Write(value); break;
            case double value: buffer.Write(value); break;
            case string value: buffer.Write(value); break;
            case Guid value: buffer.Write(value); break;
            case DateTime value: buffer.Write(value); break;
            case DateTimeOffset value: buffer.Write(value); break;
            case DateOnly value: buffer.Write(value); break;
            case TimeOnly value: buffer.Write(value); break;
            case byte[] value: buffer.Write(value); break;
        }

        return buffer.Written.ToArray();
    }
}
