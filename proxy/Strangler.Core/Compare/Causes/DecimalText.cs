using System.Globalization;

namespace Strangler.Core.Compare.Causes;

/// <summary>Decimals for people: 1.190 is 1.19.</summary>
internal static class DecimalText
{
    public static string Of(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);
}
