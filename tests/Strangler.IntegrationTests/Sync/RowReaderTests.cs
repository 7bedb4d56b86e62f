using Npgsql;
using Shouldly;
using Strangler.Sync.Mapping;
using Strangler.Sync.Reading;

namespace Strangler.IntegrationTests.Sync;

/// <summary>Rows of PostgreSQL as records.</summary>
public sealed class RowReaderTests(SharedClusters clusters)
{
    private static readonly RowReader Everything = new(new EveryTypeMapping().Root);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_EveryType_HasItsValue()
    {
        var row = (EveryType)await ReadAsync(Everything, """
            select 7, true, 2::int2, 3, 4::int8, 12.50::numeric, 0.5::float8, 'text', '00000000-0000-0000-0000-000000000001'::uuid,
                   timestamp '2026-01-02 03:04:05.678901', timestamptz '2026-01-02 03:04:05.678901+02', date '2026-01-02', time '03:04:05',
                   '\x0102'::bytea
            """);

        row.ShouldBe(new EveryType(
            7, Flag: true, 2, 3, 4, 12.5m, 0.5, "text", new Guid("00000000-0000-0000-0000-000000000001"),
            new DateTime(2026, 1, 2, 3, 4, 5, 678, 901), new DateTimeOffset(2026, 1, 2, 1, 4, 5, 678, 901, TimeSpan.Zero),
            new DateOnly(2026, 1, 2), new TimeOnly(3, 4, 5), row.Bytes));
        row.Bytes.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Read_Nulls_AreNull() =>
        (await ReadAsync(Everything, $"select 7{string.Concat(Enumerable.Repeat(", null", 13))}")).ShouldBe(
            new EveryType(7, null, null, null, null, null, null, null, null, null, null, null, null, null));

    [Fact]
    public async Task Read_NullWhereNoneMayBe_NamesTheColumn()
    {
        var error = await Should.ThrowAsync<MappingValueException>(() => ReadAsync(Everything, $"select null::int{string.Concat(Enumerable.Repeat(", null", 13))}"));
        error.Message.ShouldBe("public.everything.id is null, but EveryType.Id is Int32: declare it Int32?");
    }

    [Fact]
    public async Task Read_OtherType_NamesTableColumnAndTypes()
    {
        var error = await Should.ThrowAsync<RowTypeException>(() => ReadAsync(
            Everything, $"select 7, null, null, 'three'{string.Concat(Enumerable.Repeat(", null", 10))}"));
        error.Message.ShouldBe("public.everything.number is text in the database, but EveryType.Number is Int32: change the mapping.");
    }

    [Theory]
    [InlineData("'NaN'::numeric", "public.everything.amount holds a numeric that Decimal cannot hold")]
    [InlineData("1e40::numeric", "public.everything.amount holds a numeric that Decimal cannot hold")]
    public async Task Read_ValueTooLarge_IsAValueError(string value, string message)
    {
        var error = await Should.ThrowAsync<MappingValueException>(() => ReadAsync(
            Everything, $"select 7, null, null, null, null, {value}{string.Concat(Enumerable.Repeat(", null", 8))}"));
        error.Message.ShouldBe(message);
    }

    [Fact]
    public async Task Read_ClassWithProperties_IsFilled()
    {
        var row = (PlainRow)await ReadAsync(new RowReader(new PlainMapping().Root), "select 7, 'a'");
        (row.Id, row.Name).ShouldBe((7, "a"));
    }

    private async Task<object> ReadAsync(RowReader rows, string sql)
    {
        var cluster = await clusters.ServicesAsync();
        await using var connection = new NpgsqlConnection(cluster.ConnectionString("postgres"));
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        (await reader.ReadAsync(Cancellation)).ShouldBeTrue();
        return rows.Read(reader);
    }
}
