using Npgsql.Replication.PgOutput;

namespace Strangler.Sync.Reading;

/// <summary>Reads a value of the log as the type that a record's property has.</summary>
internal static class LogValue
{
    private static readonly Dictionary<Type, Func<ReplicationValue, CancellationToken, ValueTask<object?>>> Readers = new()
    {
        [typeof(bool)] = As<bool>, [typeof(short)] = As<short>, [typeof(int)] = As<int>, [typeof(long)] = As<long>,
        [typeof(decimal)] = As<decimal>, [typeof(double)] = As<double>, [typeof(string)] = As<string>, [typeof(Guid)] = As<Guid>,
        [typeof(DateTime)] = As<DateTime>, [typeof(DateTimeOffset)] = As<DateTimeOffset>, [typeof(DateOnly)] = As<DateOnly>,
        [typeof(TimeOnly)] = As<TimeOnly>, [typeof(byte[])] = As<byte[]>, [typeof(object)] = As<object>,
    };

    /// <summary>Reads a value that is not null.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">A type of a column, or object for whatever the source has.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static ValueTask<object?> ReadAsync(ReplicationValue value, Type type, CancellationToken cancellation) =>
        Readers[Nullable.GetUnderlyingType(type) ?? type](value, cancellation);

    private static ValueTask<object?> As<T>(ReplicationValue value, CancellationToken cancellation)
    {
        // Nearly always it is in the buffer already.
        var read = value.Get<T>(cancellation);
        return read.IsCompletedSuccessfully ? new ValueTask<object?>(read.Result) : WaitAsync(read);
    }

    private static async ValueTask<object?> WaitAsync<T>(ValueTask<T> read) => await read;
}
