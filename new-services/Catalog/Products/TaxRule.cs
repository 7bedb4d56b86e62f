namespace Catalog.Products;

/// <summary>The value added tax that shoppers see.</summary>
internal static class TaxRule
{
    /// <summary>The rate, in percent.</summary>
    public const int Percent = 19;

    /// <summary>The price with its tax; the part of the tax below one cent is cut off, or rounded half up on request.</summary>
    public static decimal WithTax(decimal price, bool roundHalfUp)
    {
        var cents = (long)(price * 100);
        var tax = ((cents * Percent) + (roundHalfUp ? 50 : 0)) / 100;
        return (cents + tax) / 100m;
    }
}
