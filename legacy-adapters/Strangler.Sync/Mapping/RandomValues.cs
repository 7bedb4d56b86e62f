namespace Strangler.Sync.Mapping;

/// <summary>Makes values: ordinary ones, and those that programs forget.</summary>
/// <param name="random">Decides.</param>
/// <param name="words">Texts that the source really holds.</param>
internal sealed class RandomValues(Random random, IReadOnlyList<string> words)
{
    private const int Hours = 24 * 365 * 60;
    private const int MostBytes = 40;

    private static readonly string[] OddTexts =
    [
        "", " ", "  two  spaces ", "ß İı ﬁ", "日本語", "👩‍👩‍👧 family", "e\u0301", "\u00a0", "tab\tline\r\n", "'quote\"", "a,b,,c", "%_\\", "null", "0", "-1",
        "A very long text that is longer than what a column of an old database would usually take, but who knows what people have typed",
    ];

    private static readonly DateTime Start = new(1980, 1, 1, 0, 30, 0, DateTimeKind.Unspecified);

    /// <summary>A value of a type that a column can have.</summary>
    public object Next(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => random.Next(2) == 0,
        TypeCode.Int16 => (short)Whole(short.MinValue, short.MaxValue),
        TypeCode.Int32 => (int)Whole(int.MinValue, int.MaxValue),
        TypeCode.Int64 => Whole(long.MinValue, long.MaxValue),
        TypeCode.Decimal => Exact(),
        TypeCode.Double => Pick(0d, -0d, 1.5, -1e300, double.Epsilon, double.MaxValue, double.NaN, double.PositiveInfinity),
        TypeCode.String => Text(),
        TypeCode.DateTime => Time(),
        _ => Other(type),
    };

    private object Other(Type type)
    {
        if (type == typeof(Guid))
        {
            var bytes = new byte[16];
            random.NextBytes(bytes);
            return new Guid(bytes);
        }

        if (type == typeof(byte[]))
        {
            var bytes = new byte[random.Next(MostBytes)];
            random.NextBytes(bytes);
            return bytes;
        }

        var time = DateTime.SpecifyKind(Time(), DateTimeKind.Utc);
        return type == typeof(DateTimeOffset) ? new DateTimeOffset(time)
            : type == typeof(DateOnly) ? DateOnly.FromDateTime(time)
            : TimeOnly.FromDateTime(time);
    }

    private long Whole(long min, long max) => random.Next(10) switch
    {
        0 => Pick(min, max, min + 1, max - 1),
        1 => random.NextInt64(min, max),
        _ => random.Next(-3, 100),
    };

    private decimal Exact() => random.Next(10) switch
    {
        0 => Pick(decimal.MinValue, decimal.MaxValue, 0m, 0.00m, -0.005m),
        _ => random.Next(-100, 1_000_000) / 100m,
    };

    private string Text() => words.Count > 0 && random.Next(2) == 0
        ? words[random.Next(words.Count)]
        : random.Next(3) == 0 ? $"text {random.Next(100)}" : Pick(OddTexts);

    // Every half hour of sixty years, those that do not exist and those that exist twice among them; and the two that stand for infinity.
    private DateTime Time() => random.Next(20) == 0 ? Pick(DateTime.MinValue, DateTime.MaxValue) : Start.AddHours(random.Next(Hours));

    private T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];
}
