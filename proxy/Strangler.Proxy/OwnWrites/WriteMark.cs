using System.Globalization;

namespace Strangler.Proxy.OwnWrites;

/// <summary>When a client last changed the data of a capability.</summary>
/// <param name="Capability">The capability; <see cref="All"/> for a write that may have changed any.</param>
/// <param name="Time">Unix time in milliseconds by the adapters' clock: the write was committed before.</param>
internal readonly record struct WriteMark(string Capability, long Time)
{
    /// <summary>The name that stands for every capability that the adapters feed.</summary>
    public const string All = "";

    /// <summary>As it stands in the cookie.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Capability}{WriteMarks.BeforeTime}{Time:x}");
}
