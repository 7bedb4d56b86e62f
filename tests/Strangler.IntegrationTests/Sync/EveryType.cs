namespace Strangler.IntegrationTests.Sync;

/// <summary>A row with a column of every type that a mapping can have.</summary>
public sealed record EveryType(
    int Id, bool? Flag, short? Small, int? Number, long? Big, decimal? Amount, double? Ratio, string? Text, Guid? Guid,
    DateTime? Local, DateTimeOffset? Instant, DateOnly? Day, TimeOnly? Time, byte[]? Bytes);
