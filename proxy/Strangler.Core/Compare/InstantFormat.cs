namespace Strangler.Core.Compare;

/// <summary>How an instant may be written.</summary>
public enum InstantFormat
{
    /// <summary>ISO 8601, which RFC 3339 is part of, with or without a time zone: the default.</summary>
    Iso,

    /// <summary>Seconds since 1970 in UTC, as a number or a text.</summary>
    EpochS,

    /// <summary>Milliseconds since 1970 in UTC, as a number or a text.</summary>
    EpochMs,

    /// <summary><c>/Date(1763664000000)/</c>, as older .NET services write it, with or without an offset.</summary>
    NetDate,
}
