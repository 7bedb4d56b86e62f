namespace Strangler.Sync.Mapping;

/// <summary>
/// Tries a mapping on aggregates that are made at random from the types of its records: nulls, empty and foreign texts, extreme numbers
/// and times, children in any number and order. It needs no database and no test framework.
/// </summary>
public sealed class MappingCheck
{
    private readonly AggregateMapping _mapping;
    private readonly RandomAggregates _aggregates;
    private readonly int _seed;
    private readonly Dictionary<string, string> _violations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);
    private int _mapped;
    private int _refused;

    private MappingCheck(AggregateMapping mapping, int seed, IReadOnlyList<string> words)
    {
        _mapping = mapping;
        _seed = seed;
        _aggregates = new RandomAggregates(mapping, new Random(seed), words);
    }

    /// <summary>Runs it.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="seed">Decides which aggregates are made.</param>
    /// <param name="words">
    /// Texts that the source really holds, such as <c>Y</c> and <c>N</c>: half of all texts are one of these, as a mapping may rightly
    /// refuse most others.
    /// </param>
    /// <param name="aggregates">How many are made, 1 or more.</param>
    public static MappingReport Run(AggregateMapping mapping, int seed, IReadOnlyList<string> words, int aggregates = 1000)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        ArgumentNullException.ThrowIfNull(words);
        ArgumentOutOfRangeException.ThrowIfLessThan(aggregates, 1);
        return new MappingCheck(mapping, seed, words).Run(aggregates);
    }

    private MappingReport Run(int aggregates)
    {
        for (var i = 0; i < aggregates; i++)
        {
            var made = _aggregates.Next();
            CheckKey(made);
            Check(made);
        }

        if (_mapped == 0)
        {
            Violation("maps nothing", $"maps none of {aggregates} aggregates: give the words that the source really holds");
        }

        return new MappingReport(_seed, aggregates, _mapped, _refused, [.. _violations.Values]);
    }

    private void Check(RandomAggregate made)
    {
        var (state, refusal) = Map(made, made.InOrder());
        if (refusal is not null)
        {
            _refused++;
        }

        Compare(made, state, refusal, made.InOrder(), "maps the same rows differently the second time");
        Compare(made, state, refusal, _aggregates.Shuffled(made), "depends on the order of the rows, which the source does not promise");
        if (state is null)
        {
            return;
        }

        _mapped++;
        foreach (var table in _mapping.Targets)
        {
            CheckRows(made, table, state.RowsOf(table));
        }
    }

    private void CheckRows(RandomAggregate made, TargetTable table, IReadOnlyList<object> rows)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            foreach (var column in table.Columns.Where(column => !column.IsNullable && column.Value(row) is null))
            {
                Violation(made, $"leaves {table.RowType.Name}.{column.PropertyName} null, which its type forbids");
            }

            foreach (var column in table.Columns.Where(column => column.Value(row) is string text && !IsStorable(text)))
            {
                Violation(made, $"gives {table.RowType.Name}.{column.PropertyName} a text with U+0000 or half a character, which no database takes");
            }

            if (table.AggregateColumn is { } aggregate && Text(aggregate.Value(row)) != Text(_mapping.TargetKeyOf(made.Key)))
            {
                Violation(made, $"gives {table.RowType.Name}.{aggregate.PropertyName} another value than TargetKey");
            }

            if (table.Kind == TargetKind.Owned && !seen.Add(string.Join('\u001f', table.Keys.Select(key => Text(key.Value(row))))))
            {
                Violation(made, $"gives {table.Name} two rows with one key");
            }
        }
    }

    private void CheckKey(RandomAggregate made)
    {
        var target = Text(_mapping.TargetKeyOf(made.Key));
        if (target != Text(_mapping.TargetKeyOf(made.Key)))
        {
            Violation(made, "has a TargetKey that differs the second time");
        }
        else if (_keys.TryGetValue(target, out var other) && other != made.Key)
        {
            Violation(made, "has one TargetKey for two aggregates");
        }

        _keys[target] = made.Key;
    }

    private void Compare(RandomAggregate made, TargetRows? state, string? refusal, SourceRows again, string violation)
    {
        var (other, otherRefusal) = Map(made, again);
        if (refusal is null != otherRefusal is null || state is null != other is null
            || (state is not null && !StateHash.Of(_mapping, state).AsSpan().SequenceEqual(StateHash.Of(_mapping, other!))))
        {
            Violation(made, violation);
        }
    }

    private (TargetRows? State, string? Refusal) Map(RandomAggregate made, SourceRows rows)
    {
        try
        {
            return (_mapping.MapAggregate(rows), null);
        }
        catch (MappingValueException e)
        {
            return (null, e.Message);
        }
        catch (Exception e)
        {
            // Whatever a mapping throws is what is looked for here.
            Violation(made, $"throws {e.GetType().Name} where a value cannot be mapped; only MappingValueException says so", e.Message);
            return (null, null);
        }
    }

    private void Violation(RandomAggregate made, string kind, string? detail = null) =>
        Violation(kind, $"{kind} (such as the {_mapping.Entity} {made.Key}{(detail is null ? "" : $": {detail}")})");

    private void Violation(string kind, string line) => _violations.TryAdd(kind, line);

    private static bool IsStorable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i]))))
            {
                return false;
            }
        }

        return true;
    }

    private static string Text(object? value) => value is byte[] bytes ? Convert.ToHexString(bytes) : $"{value}";
}
