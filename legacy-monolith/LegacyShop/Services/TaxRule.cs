namespace LegacyShop.Services;

/// <summary>The shop's own rule: 19 %, and what is less than a cent is cut off, never rounded up.</summary>
internal static class TaxRule
{
    private const int Percent = 19;

    /// <summary>The tax on a price, in cents.</summary>
    public static int TaxCents(int priceCents) => (int)((long)priceCents * Percent / 100);

    /// <summary>The price with its tax, in cents.</summary>
    public static int WithTaxCents(int priceCents) => priceCents + TaxCents(priceCents);
}
