using Npgsql;
using Shouldly;
using Strangler.Sync.Applying;
using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.IntegrationTests.Sync;

/// <summary>What PostgreSQL gives back has the hash of what the mapping gave it.</summary>
public sealed class ReadBackTests(SharedClusters clusters)
{
    private const int Rows = 500;
    private static readonly EveryTypeMapping Mapping = new();
    private static readonly byte[] AnyByte = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Of_RowsReadBack_EqualsThatOfTheMapping(int seed)
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(1, Rows).Select(id => Row(id, random)).ToList();
        var database = await clusters.EmptyCatalogAsync();
        await using var connection = new NpgsqlConnection(database.SuperuserConnectionString + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        await ExecuteAsync(connection, """
            create table everything_too (id integer primary key, flag boolean, small smallint, number integer, big bigint, amount numeric,
                ratio double precision, text text, guid uuid, local timestamp, instant timestamptz, day date, time time, bytes bytea)
            """);
        await ExecuteAsync(connection, new TableSql(Mapping.Rows).Insert, [.. Mapping.Rows.Columns.Select(column => column.Values([.. rows]))]);

        var reader = new RowReader(Mapping.Rows);
        await using var command = new NpgsqlCommand($"select {reader.Select} from everything_too order by id", connection);
        await using var result = await command.ExecuteReaderAsync(Cancellation);
        foreach (var row in rows)
        {
            (await result.ReadAsync(Cancellation)).ShouldBeTrue();
            Hash((EveryType)reader.Read(result)).ShouldBe(Hash(row), $"seed {seed}: {row}");
        }
    }

    private static byte[] Hash(EveryType row)
    {
        var state = new TargetRows();
        state.Add(Mapping.Rows, row);
        return StateHash.Of(Mapping, state);
    }

    private static EveryType Row(int id, Random random)
    {
        return new EveryType(
            id, Maybe(random.Next(2) == 1), Maybe((short)random.Next(short.MinValue, short.MaxValue)), Maybe(random.Next(int.MinValue, int.MaxValue)),
            Maybe(random.NextInt64(long.MinValue, long.MaxValue)), Maybe(Amount(random)), Maybe(Ratio(random)), random.Next(5) == 0 ? null : Text(random),
            Maybe(new Guid(random.GetItems(AnyByte, 16))), Maybe(Time(random)), Maybe(new DateTimeOffset(Time(random), TimeSpan.FromHours(random.Next(-12, 12)))),
            Maybe(DateOnly.FromDateTime(Time(random))), Maybe(TimeOnly.FromTimeSpan(TimeSpan.FromTicks(random.NextInt64(TimeSpan.TicksPerDay)))),
            random.Next(5) == 0 ? null : Bytes(random));

        T? Maybe<T>(T value)
            where T : struct => random.Next(5) == 0 ? null : value;
    }

    private static decimal Amount(Random random) => random.Next(4) switch
    {
        0 => new decimal(random.Next(), random.Next(), random.Next(), random.Next(2) == 1, (byte)random.Next(29)),
        1 => random.Next(1000) * 1.0000m,
        2 => -0.00m,
        _ => random.Next(-1_000_000, 1_000_000) / 100m,
    };

    private static double Ratio(Random random) => random.Next(6) switch
    {
        0 => double.NaN,
        1 => -0.0,
        2 => double.NegativeInfinity,
        3 => double.Epsilon,
        _ => random.NextDouble() * 1e9,
    };

    private static string Text(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => random.GetItems(["a", "Z", " ", "é", "e\u0301", "\n", "😀", "'", "\u00A0"], 1)[0]));

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(6)];
        random.NextBytes(bytes);
        return bytes;
    }

    // Both sides of 2000, from where PostgreSQL counts, and with parts of a microsecond.
    private static DateTime Time(Random random) => new DateTime(1900, 1, 2).AddTicks(random.NextInt64(TimeSpan.TicksPerDay * 365 * 200));

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, params Array[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
