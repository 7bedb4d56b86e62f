using System.Globalization;

namespace Strangler.Sync.Reading;

/// <summary>A position in the source's log: bytes since its beginning.</summary>
/// <param name="Value">The position.</param>
internal readonly record struct Lsn(ulong Value) : IComparable<Lsn>
{
    public static bool operator <(Lsn left, Lsn right) => left.Value < right.Value;

    public static bool operator >(Lsn left, Lsn right) => left.Value > right.Value;

    public static bool operator <=(Lsn left, Lsn right) => left.Value <= right.Value;

    public static bool operator >=(Lsn left, Lsn right) => left.Value >= right.Value;

    /// <summary>Reads the form of PostgreSQL: <c>16/B374D848</c>.</summary>
    /// <exception cref="FormatException">The text is not a position.</exception>
    public static Lsn Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var high = ulong.Parse(text.AsSpan(0, Math.Max(slash, 0)), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var low = uint.Parse(text.AsSpan(slash + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new Lsn((high << 32) | low);
    }

    /// <summary>The later of two positions.</summary>
    public static Lsn Max(Lsn left, Lsn right) => left < right ? right : left;

    /// <inheritdoc/>
    public int CompareTo(Lsn other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => $"{Value >> 32:X}/{(uint)Value:X}";
}
