namespace Strangler.Core.Evidence;

/// <summary>
/// The regularised incomplete beta function for whole parameters up to 10^9, by the continued fraction NIST DLMF 8.17.22; beyond the mean the
/// reflection 8.17.4 is taken, as the fraction converges fast (in about the square root of the larger parameter) only below it.
/// </summary>
internal static class IncompleteBeta
{
    private const double Precision = 1e-15;
    private const double NotZero = 1e-300;
    private const int MaxTerms = 10_000_000;

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
            ? Math.Exp(BinomialTerm.Log(a, b, x, y)) * Fraction(a, b, x) / a
            : 1 - (Math.Exp(BinomialTerm.Log(b, a, y, x)) * Fraction(b, a, y) / b);
    }

    /// <summary>
    /// The continued fraction 1/(1 + d1/(1 + d2/(1 + ...))) of DLMF 8.17.22: I_x(a, b) is x^a (1-x)^b / (a B(a, b)) times it. Evaluated from the
    /// front by Lentz's method (Applied Optics 15, 1976) in the form of Thompson and Barnett (J. Comput. Phys. 64, 1986): the ratio of successive numerators
    /// and that of successive denominators are carried, and neither may become zero.
    /// </summary>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    /// <param name="x">Above 0, at most (a + 1) / (a + b + 2).</param>
    public static double Fraction(double a, double b, double x)
    {
        var (value, numerators, denominators) = (1.0, 1.0, 0.0);
        for (var m = 0; m < MaxTerms; m++)
        {
            var change = Step(-(a + m) * (a + b + m) * x / ((a + (2.0 * m)) * (a + (2.0 * m) + 1)))
                * Step((m + 1) * (b - m - 1) * x / ((a + (2.0 * m) + 1) * (a + (2.0 * m) + 2)));
            if (Math.Abs(change - 1) < Precision) return 1 / value;
        }

        throw new InvalidOperationException($"The incomplete beta function of {a} and {b} at {x} is not known after {MaxTerms:N0} terms; its x must be below the mean");

        double Step(double coefficient)
        {
            denominators = 1 / Held(1 + (coefficient * denominators));
            numerators = Held(1 + (coefficient / numerators));
            value *= numerators * denominators;
            return numerators * denominators;
        }
    }

    private static double Held(double value) => value == 0 ? NotZero : value;
}
