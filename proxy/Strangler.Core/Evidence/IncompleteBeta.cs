namespace Strangler.Core.Evidence;

/// <summary>
/// The regularised incomplete beta function for whole parameters up to 10^9: the even part of the continued fraction NIST DLMF 8.17.22, as in
/// A. R. DiDonato and A. H. Morris, ACM Trans. Math. Softw. 18 (1992), formula 9. All its terms are positive up to the mean, so nothing
/// cancels; beyond it the reflection DLMF 8.17.4 is taken.
/// </summary>
internal static class IncompleteBeta
{
    private const double Precision = 1e-15;

    // Half a billion and half a billion at one half, the slowest there is, take some five thousand.
    private const int MaxTerms = 1_000_000;

    /// <summary>I_x(a, b), 0 to 1: the probability that a Beta(a, b) variable is at most x.</summary>
    /// <param name="a">A whole number from 1.</param>
    /// <param name="b">A whole number from 1.</param>
    /// <param name="x">0 to 1.</param>
    public static double Regularised(double a, double b, double x)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        var y = 1 - x;
        return x <= (a + 1) / (a + b + 2)
            ? Math.Exp(BinomialTerm.Log(a, b, x, y)) * Fraction(a, b, x, y)
            : 1 - (Math.Exp(BinomialTerm.Log(b, a, y, x)) * Fraction(b, a, y, x));
    }

    /// <summary>
    /// The factor by which I_x(a, b) is larger than x^a y^b / B(a, b): 1/(q0 + p1/(q1 + p2/(q2 + ...))). Evaluated from the front by Lentz's method
    /// (Applied Optics 15, 1976): the ratio of successive numerators and that of successive denominators are carried.
    /// </summary>
    /// <param name="a">A whole number from 1.</param>
    /// <param name="b">A whole number from 1.</param>
    /// <param name="x">Above 0, at most (a + 1) / (a + b + 2).</param>
    /// <param name="y">1 - x.</param>
    public static double Fraction(double a, double b, double x, double y)
    {
        // a - (a + b) x, from whichever of x and y has kept its digits.
        var belowMean = x < y ? a - ((a + b) * x) : ((a + b) * y) - b;
        var value = a * (belowMean + 1) / (a + 1);
        var (numerators, denominators) = (value, 0.0);
        for (var m = 1.0; m <= MaxTerms; m++)
        {
            var last = a + (2 * m) - 1;
            var ratio = (b - m) * x / last;
            var p = (a + m - 1) * (a + b + m - 1) * m * ratio * x / last;
            var q = m + (m * ratio) + ((a + m) * (belowMean + 1 + (m * (1 + y))) / (last + 2));
            denominators = 1 / (q + (p * denominators));
            numerators = q + (p / numerators);
            var change = numerators * denominators;
            value *= change;
            if (Math.Abs(change - 1) < Precision) return 1 / value;
        }

        throw new InvalidOperationException($"The incomplete beta function of {a} and {b} at {x} is not known after {MaxTerms:N0} terms; its x must be at most the mean");
    }
}
