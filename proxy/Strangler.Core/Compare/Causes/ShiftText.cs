using System.Globalization;

namespace Strangler.Core.Compare.Causes;

/// <summary>Time shifts for people: one hour later, 2 days earlier, 5.5 s later.</summary>
internal static class ShiftText
{
    private static readonly (TimeSpan Length, string Name, string One)[] Units =
        [(TimeSpan.FromDays(1), "days", "one day"), (TimeSpan.FromHours(1), "hours", "one hour"), (TimeSpan.FromMinutes(1), "minutes", "one minute")];

    public static string Of(TimeSpan shift)
    {
        var length = shift.Duration();
        var direction = shift > TimeSpan.Zero ? "later" : "earlier";
        foreach (var (unit, name, one) in Units)
        {
            if (length == unit) return $"{one} {direction}";
            if (length > unit && length.Ticks % unit.Ticks == 0) return string.Create(CultureInfo.InvariantCulture, $"{length.Ticks / unit.Ticks} {name} {direction}");
        }

        return $"{DecimalText.Of((decimal)length.Ticks / TimeSpan.TicksPerSecond)} s {direction}";
    }
}
