namespace Strangler.Core.Evidence;

/// <summary>
/// x^a y^b / B(a, b) for whole a and b, in logarithms, without the cancellation of differences of large log-gammas: near its peak the sum of
/// three log-gammas of 10^9 keeps five digits, this form keeps twelve. It is the binomial probability in the saddle-point form of C. Loader,
/// "Fast and accurate computation of binomial probabilities" (2000): Stirling's remainders and two deviances, each small where the term is large.
/// </summary>
internal static class BinomialTerm
{
    // Up to here n! is exact in a double and the remainder is taken from it; above, four terms of the series are exact to 1e-14.
    private const int LastExactFactorial = 15;

    /// <summary>The logarithm of x^a y^b / B(a, b).</summary>
    /// <param name="a">A whole number from 1.</param>
    /// <param name="b">A whole number from 1.</param>
    /// <param name="x">Above 0 and below 1.</param>
    /// <param name="y">1 - x, given apart as it is exact where x is tiny.</param>
    public static double Log(double a, double b, double x, double y)
    {
        var n = a + b;
        return (0.5 * (Math.Log(a) + Math.Log(b / n) - Math.Log(2 * Math.PI)))
            + Remainder(n) - Remainder(a) - Remainder(b)
            - Deviance(a, n * x) - Deviance(b, n * y);
    }

    // ln n! - ln(sqrt(2 pi n) (n/e)^n): NIST DLMF 5.11.1 with its Bernoulli numbers.
    private static double Remainder(double n)
    {
        if (n <= LastExactFactorial)
        {
            var factorial = 1.0;
            for (var i = 2; i <= n; i++) factorial *= i;
            return Math.Log(factorial) - (0.5 * Math.Log(2 * Math.PI * n)) - (n * Math.Log(n)) + n;
        }

        var square = n * n;
        return ((1 / 12.0) - (((1 / 360.0) - (((1 / 1260.0) - (1 / 1680.0 / square)) / square)) / square)) / n;
    }

    // k ln(k / mean) + mean - k. Close to the mean the terms cancel, so the logarithm is written as 2 artanh(v) and its first term, which
    // takes "mean - k" along, is (k - mean) v.
    private static double Deviance(double k, double mean)
    {
        var v = (k - mean) / (k + mean);
        if (Math.Abs(v) > 0.1) return (k * Math.Log(k / mean)) + mean - k;
        var sum = (k - mean) * v;
        var power = 2 * k * v;
        for (var j = 3; ; j += 2)
        {
            power *= v * v;
            var next = sum + (power / j);
            if (next == sum) return sum;
            sum = next;
        }
    }
}
